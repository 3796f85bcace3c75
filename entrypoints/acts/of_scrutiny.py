"""What can be asked of a question or a recommendation of scrutiny."""

from entrypoints.acts.act import Act
from workflows.scrutiny import commands as scrutiny

OF_SCRUTINY = (
    Act(
        scrutiny.AskQuestion,
        "Ask a question or recommend something",
        "Ask",
        "It is asked, and waits for an answer.",
        "question",
    ),
    Act(
        scrutiny.AssignQuestion,
        "Say who answers",
        "Save",
        "It is recorded who answers, and by when.",
    ),
    Act(scrutiny.AnswerQuestion, "Answer", "Give the answer", "The answer is recorded."),
    Act(
        scrutiny.FollowUpQuestion,
        "Ask again",
        "Ask again",
        "It is asked again, and waits for an answer.",
    ),
    Act(scrutiny.CloseQuestion, "Close it", "Close it", "It is closed."),
)
