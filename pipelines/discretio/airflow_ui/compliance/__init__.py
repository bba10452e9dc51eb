"""The Compliance page: what a DPO, an administrator, an approver and a supervisor see of the pipeline, in their own language.

Server-rendered, without a script and without anything from elsewhere. It shows ids, codes and counts; it never reads a store.
"""
