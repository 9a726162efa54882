"""The way of a new official, in Russian, on a telephone: report, review, publish, import, take back."""

import re

import pytest

from tests.browser.window import served, settled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("records")]

SHEET = (
    "Дата;Страна;Тип инцидента;Научное название;Вид продукции;Количество;Единица;Исход;Название источника;Издатель;Гражданство\n"  # noqa: E501
    "04.03.2025;Таджикистан;Изъятие;Panthera uncia;Шкуры;2;Предметы;Неизвестно;Отчёт;24.kg;КР\n"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory, windows):
    """A server of its own: these tests change the records."""
    with served(tmp_path_factory.mktemp("records"), windows) as running:
        yield running.address


def choose(page, key: str, name: str):
    page.locator(f".st-key-fir-{key}-0 input").click()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    settled(page)


def incidents(watched) -> int:
    """How many the first page tells of."""
    watched.open("/?lang=ru")
    return int(re.findall(r"\d+", watched.headline())[0])


def headline_says(page, text: str):
    page.wait_for_function(f"document.querySelector('h1.headline')?.innerText.includes({text!r})")


def test_a_report_is_sent_reviewed_and_published_on_a_telephone(visit):
    watched = visit(390, 844, locale="ru-RU")
    before = incidents(watched)
    page = watched.open("/data?lang=ru&part=submit")
    page.locator(".st-key-fir-date-0 input").fill("03.05.2026")
    choose(page, "country", "Кырг")
    choose(page, "incident_type", "Изъят")
    choose(page, "species_scientific", "Снежный")
    choose(page, "commodity", "Шкур")
    page.locator(".st-key-fir-source_publisher-0 input").fill("Таможня Нарына")
    page.get_by_role("button", name="Отправить").click()
    code = page.locator(".receipt-code").inner_text()
    assert re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", code)
    assert page.locator(".st-key-fir-source_publisher-1").count() == 0  # the code stands alone: nobody overlooks it
    page.get_by_role("button", name="Сообщить о другом инциденте").click()
    assert page.locator(".st-key-fir-source_publisher-1 input").input_value() == ""  # nothing is sent twice

    assert incidents(watched) == before  # nothing unchecked is in a figure

    page = watched.open("/data?lang=ru&part=review")
    headline_says(page, "1 сообщение ждёт решения")
    page.get_by_role("button", name="Опубликовать").first.click()
    headline_says(page, "Ничего не ждёт решения")
    assert incidents(watched) == before + 1

    page = watched.open("/data?lang=ru&part=submit")
    page.locator(".st-key-receipt input").fill(code.lower())
    page.locator(".st-key-receipt-show button").click()
    page.get_by_text("Принято и опубликовано").wait_for()
    assert watched.errors == []


def test_a_file_is_checked_shown_stored_and_taken_back(visit, tmp_path):
    watched = visit(390, 844, locale="ru-RU")
    before = incidents(watched)
    page = watched.open("/data?lang=ru&part=import")
    broken = tmp_path / "broken.csv"
    broken.write_text(SHEET.replace("04.03.2025", "31.02.2025"), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(broken)
    page.get_by_text("1 ошибка мешает").wait_for()
    assert page.get_by_role("button", name="Сохранить").count() == 0

    page = watched.open("/data?lang=ru&part=import")
    sound = tmp_path / "sound.csv"
    sound.write_text(SHEET, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(sound)
    page.get_by_text("Отброшено и не хранится: Гражданство.").wait_for()
    page.get_by_role("button", name="Сохранить 1 строку").click()
    said = page.get_by_text("Сохранено как версия").inner_text()
    version = int(re.findall(r"\d+", said)[0])
    assert incidents(watched) == before + 1

    page = watched.open("/data?lang=ru&part=import")
    page.get_by_role("button", name="Отменить").first.click()
    page.locator(".st-key-undo-why-1 input").fill("не тот файл")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Отменить этот импорт").click()
    page.get_by_text(f"отменён в версии {version + 1}").wait_for()
    assert incidents(watched) == before
    assert watched.errors == []
