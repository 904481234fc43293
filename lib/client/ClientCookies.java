package siodiag;

import java.util.ArrayList;
import java.util.List;

import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;

/** Cookies for as long as the client lives: without them a balancer with sticky cookies loses the session. */
final class ClientCookies implements CookieJar {
    private static final int MOST = 50;

    private final List<Cookie> cookies = new ArrayList<>();

    @Override
    public synchronized void saveFromResponse(HttpUrl url, List<Cookie> received) {
        for (Cookie cookie : received) {
            cookies.removeIf(known -> known.name().equals(cookie.name()) && known.domain().equals(cookie.domain())
                    && known.path().equals(cookie.path()));
            if (cookies.size() < MOST) {
                cookies.add(cookie);
            }
        }
    }

    @Override
    public synchronized List<Cookie> loadForRequest(HttpUrl url) {
        long now = System.currentTimeMillis();
        return cookies.stream().filter(cookie -> cookie.expiresAt() > now && cookie.matches(url)).toList();
    }
}
