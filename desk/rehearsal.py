"""`rehearse`: loads the plan as `assign` does and hands it to `desk/rehearse.py`. (Filled in with that module.)"""
