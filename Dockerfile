# Parley's image: web, worker and sweep run from it with different commands (docker-compose.yml).
FROM python:3.11-slim-bookworm AS packages
COPY requirements/base.txt /tmp/base.txt
RUN python -m venv /opt/parley \
    && /opt/parley/bin/pip install --no-cache-dir --require-hashes -r /tmp/base.txt

FROM python:3.11-slim-bookworm
# No account of the host has this number, so a file in the volume never belongs to somebody else by accident.
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin parley \
    && install --directory --owner=parley --group=parley --mode=0750 /data
COPY --from=packages /opt/parley /opt/parley
WORKDIR /srv/parley
COPY . .
ENV PATH=/opt/parley/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PARLEY_DATA=/data
USER parley
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-m", "ops.healthcheck", "/livez"]
# Behind a reverse proxy on the same host: only Docker's own networks may say who the visitor is.
CMD ["uvicorn", "config.asgi:application", "--host", "0.0.0.0", "--port", "8000", \
     "--proxy-headers", "--forwarded-allow-ips", "127.0.0.1,172.16.0.0/12"]
