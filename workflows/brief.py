"""Failures short enough to be kept: beyond 4 KiB the server drops an activity's failure, words and all.

A register that is down raises through three libraries, each with its own traceback. What is left of it in Temporal's
page and for `doctor` was then «Failure exceeds size limit»; the whole story stays in the worker's log.
"""

from temporalio.api.failure.v1 import Failure
from temporalio.converter import DefaultFailureConverter, PayloadConverter

MESSAGE, STACK, CHAIN = 400, 600, 3
"""Characters of each message (its beginning) and traceback (its end), and how many failures of a chain of causes."""


class BriefFailures(DefaultFailureConverter):
    """The SDK's converter, which then shortens."""

    def to_failure(
        self, exception: BaseException, payload_converter: PayloadConverter, failure: Failure
    ) -> None:
        """See the base class, which comes here again for each cause."""
        super().to_failure(exception, payload_converter, failure)
        shorten(failure)


def shorten(failure: Failure) -> None:
    """Cut each message and traceback, and the chain. In place."""
    one, left = failure, CHAIN
    while True:
        one.message, one.stack_trace = one.message[:MESSAGE], one.stack_trace[-STACK:]
        left -= 1
        if not one.HasField("cause"):
            return
        if not left:
            one.ClearField("cause")
            return
        one = one.cause
