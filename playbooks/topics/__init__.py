"""Every topic a playbook may use: the readers of `clauses.topics`, some with more values, and readers of
our own.

A reader that only ladders need (acceptance, late delivery, index clauses …) stands here beside the rules
that use it.
"""

from clauses.topics import TOPICS as _READ_ANYWHERE
from clauses.topics.values import Topic
from playbooks.topics import data, dates, delivery, employment, liability, licence, quantities, service, work

TOPICS: dict[str, Topic] = dict(
    sorted(
        {
            **_READ_ANYWHERE,
            **{
                topic.code: topic
                for room in (liability, service, data, dates, delivery, quantities, work, licence, employment)
                for topic in room.TOPICS
            },
        }.items()
    )
)

__all__ = ["TOPICS", "Topic"]
