"""No container engine runs in the tests, so the files are read and held against the code instead."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "sweep")
DOCKERFILE = (ROOT / "Dockerfile").read_text()
EXAMPLE = (ROOT / "ops" / "example.env").read_text()
EXAMPLE_NAMES = set(re.findall(r"^#?([A-Z][A-Z_]+)=", EXAMPLE, flags=re.MULTILINE))


def names_read_by_settings():
    source = "".join(path.read_text() for path in (ROOT / "config").glob("*.py"))
    return set(re.findall(r"environ\.get\(\s*[\"']([A-Z_]+)[\"']|environ\[[\"']([A-Z_]+)[\"']\]", source))


SETTINGS_NAMES = {name for pair in names_read_by_settings() for name in pair if name}


def test_it_has_the_services_of_the_architecture():
    assert set(SERVICES) == {*OURS, "db", "redis"}
    assert {"database", "files"} <= set(COMPOSE["volumes"])


@pytest.mark.parametrize("name", ["web", "worker", "sweep", "db", "redis"])
def test_every_lasting_service_restarts_and_tells_its_health(name):
    service = SERVICES[name]
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


@pytest.mark.parametrize("name", ["web", "worker", "sweep"])
def test_nothing_of_ours_starts_before_the_database_is_migrated(name):
    assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["depends_on"]["db"] == {"condition": "service_healthy"}


@pytest.mark.parametrize("name", OURS)
def test_our_services_hold_no_right_they_do_not_need(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "files:/data" in service["volumes"]


def test_the_environment_of_our_services_is_what_the_settings_read():
    for name in OURS:
        assert set(SERVICES[name]["environment"]) <= SETTINGS_NAMES


def test_every_variable_is_explained_in_the_example():
    asked_for = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    assert asked_for <= EXAMPLE_NAMES
    assert {"DATABASE_URL", "REDIS_URL", "PARLEY_SECRET_KEY", "PARLEY_URL", "PARLEY_DATA"} <= EXAMPLE_NAMES


def test_the_example_names_nothing_that_nobody_reads():
    assert EXAMPLE_NAMES - {"POSTGRES_PASSWORD"} <= SETTINGS_NAMES


def test_there_is_no_secret_in_the_files():
    assert re.search(r"^PARLEY_SECRET_KEY=$", EXAMPLE, flags=re.MULTILINE)
    assert re.search(r"^POSTGRES_PASSWORD=$", EXAMPLE, flags=re.MULTILINE)
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            if re.search("SECRET|PASSWORD", variable):
                assert value.startswith("${"), f"{name} has a fixed {variable}"


@pytest.mark.parametrize("name", ["db", "redis"])
def test_the_major_version_of_an_image_is_pinned(name):
    assert re.fullmatch(r"[a-z]+:\d+(\.\d+)?-[a-z]+", SERVICES[name]["image"])


def test_every_base_of_our_image_is_pinned_and_the_last_user_is_not_root():
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, flags=re.MULTILINE)
    assert len(bases) == 2
    assert all(re.fullmatch(r"python:3\.\d+-slim-[a-z]+", base) for base in bases)
    assert re.findall(r"^USER (\S+)", DOCKERFILE, flags=re.MULTILINE)[-1] not in {"root", "0"}


def test_the_image_installs_the_lock_with_its_hashes():
    assert "requirements/base.txt" in DOCKERFILE
    assert "--require-hashes" in DOCKERFILE


def test_the_image_holds_what_runs_and_nothing_else():
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    assert rules[0] == "*"
    taken = {rule[1:] for rule in rules if rule.startswith("!")}
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert rooms | {"manage.py", "templates", "static"} <= taken
    assert not {"tests", "var", ".git", ".venv", "docs"} & taken


@pytest.mark.parametrize("name", ["migrate", "sweep"])
def test_a_management_command_of_a_service_exists(name):
    python, script, command, *options = SERVICES[name]["command"]
    assert (python, script) == ("python", "manage.py")
    told = subprocess.run(
        [sys.executable, "manage.py", command, "--help"], cwd=ROOT, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stderr
    for option in (option for option in options if option.startswith("--")):
        assert option in told.stdout


def test_the_options_of_health_checks_exist():
    _, python, script, command, *options = SERVICES["sweep"]["healthcheck"]["test"]
    told = subprocess.run(
        [sys.executable, "manage.py", command, "--help"], cwd=ROOT, capture_output=True, text=True
    )
    assert (python, script) == ("python", "manage.py")
    assert all(option in told.stdout for option in options)


def test_the_celery_application_exists_and_knows_the_one_task():
    command = SERVICES["worker"]["command"]
    module = command[command.index("-A") + 1]
    asked = (
        "import importlib, sys\n"
        "from celery import Celery\n"
        "module = importlib.import_module(sys.argv[1])\n"
        "app = next(value for value in vars(module).values() if isinstance(value, Celery))\n"
        "app.loader.import_default_modules()\n"
        "print(*app.tasks)\n"
    )
    told = subprocess.run([sys.executable, "-c", asked, module], cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert "jobs.run_job" in told.stdout.split()


def test_the_web_command_names_our_application():
    assert '"uvicorn", "config.asgi:application"' in DOCKERFILE
    assert (ROOT / "config" / "asgi.py").is_file()
