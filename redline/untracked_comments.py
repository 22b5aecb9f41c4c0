"""Comments as they came back: taken out, reworded or renamed under our feet, or new ones posing as ours."""

from collections import Counter
from collections.abc import Iterator

from redline.difference import Difference
from redline.document import Comment, Document
from redline.untracked_marks import WIDEST_ZONE, moment


def comment_differences(ours: Document, theirs: Document) -> Iterator[Difference]:
    """What became of the comments we sent, in their order, then new ones that pretend to be old."""
    left = Counter((comment.author, comment.text) for comment in theirs.comments)
    by_id = {comment.id: comment for comment in theirs.comments}
    sent = Counter((comment.author, comment.text) for comment in ours.comments)
    for comment in ours.comments:
        if left[(comment.author, comment.text)] > 0:
            left[(comment.author, comment.text)] -= 1
        else:
            yield _lost(comment, by_id.get(comment.id), theirs)
    for comment in theirs.comments:
        if sent[(comment.author, comment.text)] > 0:
            sent[(comment.author, comment.text)] -= 1
        elif _poses_as_old(comment, ours):
            why = f"A new comment carries the name {comment.author} and a date before what we sent."
            shown = f"{comment.text} ({comment.date})"
            yield Difference("comment_date", comment.block or "", "", shown, "substantive", why)


def _lost(comment: Comment, same_id: Comment | None, theirs: Document) -> Difference:
    """A comment of ours that does not stand there any more as we wrote it.

    1. other words under its name and date: reworded;
    2. the same words, but no longer under its name: renamed;
    3. neither: removed.
    """
    if (
        same_id is not None
        and (same_id.author, same_id.date) == (comment.author, comment.date)
        and same_id.text
    ):
        why = f"The comment by {comment.author} was reworded under that name."
        place = same_id.block or ""
        return Difference("comment_changed", place, comment.text, same_id.text, "substantive", why)
    renamed = next((c for c in theirs.comments if c.text == comment.text and c.text), None)
    if renamed is not None and renamed.author != comment.author:
        why = f"The comment made by {comment.author} now carries the name {renamed.author or '(none)'}."
        before, after = (f"{c.text} ({c.author})" for c in (comment, renamed))
        return Difference("comment_author", renamed.block or "", before, after, "substantive", why)
    why = f"A comment by {comment.author} was removed."
    return Difference("comment_removed", "", comment.text, "", "noise", why)


def _poses_as_old(comment: Comment, ours: Document) -> bool:
    """Whether a new comment has the name of somebody whose comments we sent, and is older than the last."""
    at = moment(comment.date)
    dates = [m for c in ours.comments if c.author == comment.author and (m := moment(c.date))]
    return (
        at is not None
        and bool(dates)
        and at < max(dates) - WIDEST_ZONE
        and comment.id not in {c.id for c in ours.comments if c.author == comment.author}
    )
