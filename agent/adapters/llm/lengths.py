"""How long a prompt is, without asking anybody: for estimates of what letters would cost."""

from agent.adapters.llm.request import messages
from agent.ports import Assignment


def prompt_characters(assignment: Assignment) -> int:
    """Return how many characters a model would read for this letter."""
    name = "model/first_touch" if assignment.touch == 1 else "model/follow_up"
    prompt = assignment.texts.prompt(name, assignment.language)
    return sum(len(text) for _, text in messages(prompt, assignment, rejected=None, findings=()).told)
