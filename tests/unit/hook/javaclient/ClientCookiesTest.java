package siodiag.hook.javaclient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which cookies the Java client sends back: a sticky balancer depends on them. */
class ClientCookiesTest {
    private static final String POLL = "/socket.io/?EIO=4&transport=polling";

    @ParameterizedTest(name = "{0} from {1} to {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "io=n2                                  | http://127.0.0.1:3000  | http://127.0.0.1:3000  | io=n2",
                "io=n2; Path=/                          | http://localhost:3000  | http://localhost:3000  | io=n2",
                "io=n2; Path=/; HttpOnly; SameSite=Lax  | https://a.example      | https://a.example      | io=n2",
                "AWSALB=x+y/z==; Path=/; Max-Age=604800 | https://a.example      | https://a.example      | AWSALB=x+y/z==",
                "io=n2; Path=/socket.io/                | http://a.example       | http://a.example       | io=n2",
                "io=n2; Path=/elsewhere                 | http://a.example       | http://a.example       | ''",
                "io=n2; Path=/; Secure                  | https://a.example      | https://a.example      | io=n2",
                "io=n2; Path=/; Secure                  | https://a.example      | http://a.example       | ''",
                "io=n2; Path=/                          | http://a.example       | http://b.example       | ''",
                "io=n2; Path=/; Domain=example.org      | http://a.example.org   | http://b.example.org   | io=n2",
                "io=n2; Path=/; Max-Age=0               | http://a.example       | http://a.example       | ''"
            })
    void comes_back_where_it_belongs(String set, String from, String to, String sent) {
        CookieJar cookies = HttpStack.cookies();
        receive(cookies, from, set);
        assertEquals(sent, sent(cookies, to));
    }

    @Test
    void a_newer_value_replaces_the_older_one_and_cookies_of_two_servers_stay_apart() {
        CookieJar cookies = HttpStack.cookies();
        receive(cookies, "http://a.example", "io=n1; Path=/");
        receive(cookies, "http://a.example", "io=n2; Path=/");
        receive(cookies, "http://b.example", "io=n3; Path=/");
        assertEquals("io=n2", sent(cookies, "http://a.example"));
        assertEquals("io=n3", sent(cookies, "http://b.example"));
    }

    private static void receive(CookieJar cookies, String server, String set) {
        HttpUrl url = HttpUrl.get(server + POLL);
        cookies.saveFromResponse(url, Cookie.parseAll(url, Headers.of("Set-Cookie", set)));
    }

    private static String sent(CookieJar cookies, String server) {
        List<String> sent = new ArrayList<>();
        cookies.loadForRequest(HttpUrl.get(server + POLL))
                .forEach(cookie -> sent.add(cookie.name() + "=" + cookie.value()));
        return String.join("; ", sent);
    }
}
