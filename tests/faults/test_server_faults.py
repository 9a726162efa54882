"""A browser that slept, and a server that died meanwhile: the reader goes on where they were."""

from phones import run

from benchmarks.wire import Server, Visitor


class Reader(Visitor):
    def __init__(self, address: str) -> None:
        super().__init__(address, hear=self._hear)
        self.said: list[str] = []

    def _hear(self, message, _ms: float) -> None:
        if message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            self.said.append(str(getattr(getattr(element, str(element.WhichOneof("type"))), "body", "")))

    def headline(self) -> str:
        return next(text for text in self.said if 'class="headline"' in text)


def test_a_browser_that_slept_comes_back_to_its_session_and_after_a_crash_to_its_link(tmp_path):
    environment = {"DASHBOARD_DATABASE_URL": f"sqlite:///{tmp_path}/nobody.sqlite"}
    with Server(environment) as server:

        async def sleep_and_wake() -> tuple[str, str, list[str]]:
            reader, headlines = Reader(server.address), []
            await reader.connect()
            await reader.run("overview", "lang=en&country=KGZ")
            session = reader.session
            headlines.append(reader.headline())
            await reader.close()
            reader.said.clear()
            await reader.connect(again=True)
            await reader.run("overview", "lang=en&country=KGZ")
            headlines.append(reader.headline())
            await reader.close()
            return session, reader.session, headlines

        before, after, headlines = run(sleep_and_wake())
        assert before == after != ""
        assert headlines[0] == headlines[1]
        assert "21 incidents" in headlines[0]

        server.kill()
        server.start()

        async def wake_after_a_crash() -> tuple[str, bool]:
            reader = Reader(server.address)
            reader.session = before
            await reader.connect(again=True)
            await reader.run("overview", "lang=en&country=KGZ")
            await reader.close()
            return reader.headline(), reader.has_failed

        assert run(wake_after_a_crash()) == (headlines[0], False)
