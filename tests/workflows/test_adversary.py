"""What an adversary tried on a running task: each of these went wrong once."""

from tests.workflows.office import LEADERSHIP, an_office, local


async def test_the_signal_for_answers_does_nothing_but_answer() -> None:
    """No door proves a signal's sender: nobody withdraws a task or moves its deadline by one."""
    async with an_office() as office:
        task = await office.start()
        await office.until(local("1/7", "09:00"))
        message = await office.message("withdraw", LEADERSHIP, reason="Không còn cần thiết")
        await task.signal("answer_question", message)
        await office.until(local("1/7", "10:00"))
        assert office.kinds(task)[-1] == "answer_refused"
        assert (await office.view(task)).facts.state == "assigned"
