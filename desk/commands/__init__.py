"""The command groups, one file each: thin; what they do is in `desk/`."""

GROUPS = {
    "service": "up page",
    "letters": "read deadline",
    "plans": "check preview rehearse assign unassign",
    "look": "tasks show explain inbox summary",
    "report": "period-report",
    "unit": "acknowledge refuse progress report answer request-extension raise-obstacle",
    "asking": "ask approvals",
    "assigning": "amend-deadline reassign suspend resume withdraw nudge replan",
    "office": "directory calendar policy",
    "absence": "absence",
    "access": "audit session",
    "webhooks": "webhook",
    "care": "backup restore doctor outbox",
}
"""The commands of each file, in the order of the work: one that is named is found without reading the other files."""
