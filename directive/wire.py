"""Names on the wire. They are for ever: running workflows and the registers of offices know them."""

TASK_QUEUE = "dondoc"

TASK_WORKFLOW = "DirectiveTaskWorkflow"
APPROVAL_WORKFLOW = "ApprovalWorkflow"
DELIVERY = "delivery"
"""The id of the one delivery workflow."""
WEBHOOKS = "webhooks"
"""The id of the one workflow of the webhooks."""
WAKE = "wake"
PING = "ping"
ANSWER_QUESTION = "answer_question"
LAST_TASK_CLOSED = "last_task_closed"
PARENT_MOVED = "parent_moved"

DIRECTIVE_NUMBER = "DirectiveNumber"
UNIT = "Unit"
"""The two search attributes, keywords."""


def directive_workflow(directive: str) -> str:
    """The id of a directive's workflow."""
    return f"directive:{directive}"
