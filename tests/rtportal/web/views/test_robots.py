def test_search_engines_are_asked_to_stay_away(client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.text == "User-agent: *\nDisallow: /\n"
