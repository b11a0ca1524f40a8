"""A real Chromium over the pages: an officer by keyboard, a slider, an owner without scripts.

What cannot start fails: without Chromium these tests say what to install.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from scripts import sample_fires
from scripts.own_service import own_service
from scripts.sample import PASSWORD

PHONE, TABLET, DESK = (360, 740), (820, 1180), (1440, 900)
SIZES = pytest.mark.parametrize("size", [PHONE, TABLET, DESK], ids=["phone", "tablet", "desk"])
PHONE_PAGE_BYTES = 30_000


@dataclass(frozen=True)
class Links:
    """Where the sample can be looked at."""

    site: str
    scene: str
    owner: str
    notice: str


@pytest.fixture(scope="module")
def links(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Links]:
    """A service with the sample's fires."""
    folder = tmp_path_factory.mktemp("browser")
    with own_service(folder=folder) as url:
        told = sample_fires.tell(url, folder)
        scene, owner, _, _, notice = re.findall(rf"{url}/\S+", told)
        yield Links(site=url, scene=scene, owner=owner, notice=notice)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    found = shutil.which("chromium")
    if found is None:
        pytest.fail("Chromium was not found; on Debian 12: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """A function: size and options → a page of a browser of its own; none may complain."""
    complaints: list[str] = []
    contexts = []

    def opened(size: tuple[int, int] = PHONE, **options: object) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def sign_in(page: Page, links: Links) -> None:
    """By the form, with keys alone: the name has the focus when the page opens."""
    page.goto(links.site)
    expect(page.locator("input[name=username]")).to_be_focused()
    page.keyboard.type("investigator")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD.format(role="investigator"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(links.site + "/")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the link of that name has the focus, and see that it shows."""
    link = page.get_by_role("link", name=name)
    for _ in range(12):
        page.keyboard.press("Tab")
        if link.evaluate("each => each === document.activeElement"):
            break
    expect(link).to_be_focused()
    assert link.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"


def must_fit_and_be_accessible(page: Page) -> None:
    """No sideways scroll; nothing that axe finds."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def bytes_of(page: Page, address: str) -> int:
    """All that one page loads."""
    bodies: list[int] = []
    page.on("response", lambda answer: bodies.append(len(answer.body())))
    page.goto(address, wait_until="networkidle")
    return sum(bodies)


def test_an_officer_signs_in_and_reaches_a_scene_by_keyboard(
    links: Links, open_page: OpenPage
) -> None:
    page = open_page()
    sign_in(page, links)
    expect(page.get_by_role("listitem")).to_have_count(3)
    tab_to(page, "兴隆市场")
    page.keyboard.press("Enter")
    expect(page).to_have_url(links.scene)
    expect(page.get_by_role("heading", level=1)).to_contain_text("兴隆市场")
    page.get_by_role("button", name="退出登录").click()
    expect(page).to_have_url(f"{links.site}/sign-in")
    page.goto(links.scene)
    expect(page).to_have_url(re.compile(r"/sign-in\?next=.+$"))


def test_the_slider_shows_the_seal_grow_and_shrink_without_loading_the_page_anew(
    links: Links, open_page: OpenPage
) -> None:
    page = open_page(DESK)
    sign_in(page, links)
    page.goto(links.scene)
    page.evaluate("window.same = true")
    slider = page.get_by_role("slider")
    area = page.locator("#figures dd").first
    now = area.inner_text()
    sealed_at = page.get_by_role("link", name="划定封闭范围").first.get_attribute("href") or ""
    slider.press("Home")
    expect(page.get_by_text("没有封闭的单元")).to_be_visible()
    expect(area).to_have_text("0 m²")
    expect(page.locator("[aria-current]")).to_contain_text("开设现场")
    for _ in range(int(sealed_at.partition("step=")[2]) - 1):
        slider.press("ArrowRight")
    expect(page.locator("[aria-current]")).to_contain_text("划定封闭范围")
    first = area.inner_text()
    slider.press("End")
    expect(area).to_have_text(now)
    assert float(now.split()[0]) < float(first.split()[0])
    assert page.evaluate("window.same")
    page.get_by_role("link", name="上一步").click()
    expect(page.get_by_role("slider")).to_have_value(str(int(slider.get_attribute("max")) - 1))


def test_the_scene_is_walked_through_without_scripts_too(links: Links, open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, links)
    page.goto(links.scene)
    page.get_by_role("slider").press("Home")
    page.get_by_role("button", name="显示").click()
    expect(page).to_have_url(f"{links.scene}?step=1")
    expect(page.get_by_text("没有封闭的单元")).to_be_visible()


def test_an_owner_opens_the_code_and_reads_the_answer_first_without_scripts(
    links: Links, open_page: OpenPage
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(links.owner)
    expect(page).to_have_url(f"{links.site}/s")
    (cookie,) = page.context.cookies()
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    headline = page.get_by_role("heading", level=1)
    expect(headline).to_have_text("117 小马图文 仍在封闭")
    assert headline.bounding_box()["y"] < 200
    expect(page.get_by_role("link", name="0471")).to_have_attribute("href", "tel:0471-555-0119")
    page.get_by_role("link", name="English").click()
    expect(headline).to_have_text("117 小马图文 Still sealed")
    assert page.locator("html").get_attribute("lang") == "en"
    page.reload()
    expect(headline).to_contain_text("Still sealed")


@SIZES
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_fits_and_is_accessible_by_day_and_by_night(
    links: Links, open_page: OpenPage, size: tuple[int, int], language: str
) -> None:
    page = open_page(size)
    sign_in(page, links)
    paths = (f"{links.site}/sign-in", links.site, links.scene, links.owner, links.notice)
    for path in paths:
        page.goto(f"{path}?lang={language}")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            must_fit_and_be_accessible(page)


LENGTHEN = """
for (const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
     walk.nextNode();) {
  const text = walk.currentNode, within = text.parentElement;
  if (text.data.trim() && !within.closest("svg, script, style, .tag")) text.data = "w".repeat(300);
}
"""


def test_no_name_or_address_without_a_break_widens_a_page_on_a_phone(
    links: Links, open_page: OpenPage
) -> None:
    page = open_page(PHONE)
    sign_in(page, links)
    for path in (f"{links.site}/sign-in", links.site, links.scene, links.owner, links.notice):
        page.goto(path)
        page.evaluate(LENGTHEN)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], path


def test_what_an_owner_loads_stays_small(links: Links, open_page: OpenPage) -> None:
    assert bytes_of(open_page(), links.owner) < PHONE_PAGE_BYTES
    assert bytes_of(open_page(), links.notice) < PHONE_PAGE_BYTES
