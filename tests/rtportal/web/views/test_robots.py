def test_search_engines_are_asked_to_stay_away(client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.text.startswith("User-agent: *\nDisallow: /\n")


def test_services_that_read_calendars_for_their_owner_may(client):
    rules = client.get("/robots.txt").text.splitlines()[2:]
    assert rules == ["Allow: /ics/", "Allow: /n/*/jadwal.ics"]
