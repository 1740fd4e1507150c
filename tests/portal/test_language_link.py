"""The other language is one link away, and the page keeps what it was asked for."""

from answering_office import Portal


def test_the_link_keeps_the_filters_of_the_page(portal: Portal) -> None:
    portal.sign_in("cv-theo-doi-qcdc")
    assert 'href="?lang=en"' in portal.get("/so").text
    page = portal.get("/so", chu="họp & báo cáo").text
    assert 'href="?chu=h%E1%BB%8Dp+%26+b%C3%A1o+c%C3%A1o&amp;lang=en"' in page
    english = portal.get("/so", chu="họp", lang="en").text
    assert 'href="?chu=h%E1%BB%8Dp&amp;lang=vi"' in english
    assert '<html lang="en">' in portal.get("/so").text  # remembered


def test_what_is_asked_never_leaves_the_address(portal: Portal) -> None:
    page = portal.get("/dang-nhap", x='"><script>').text
    assert "<script" not in page
