"""Asking a colleague who knows: a question about one household, to one expert, who reads what the question names.

The case manager asks, the expert answers, the answer stays in the file. Never: an expert who reads on because a question was
once asked, or a question that opens more than it needs.
"""
