"""The assistant: any OpenAI-compatible service, off until a company decides, for drafts, summaries, translations and
new wordings. What leaves is shown and masked first; what comes back is only text, checked, marked as machine-made,
and sent by nobody but a person. A job waits for the service, never an agent.
"""
