package siodiag.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import siodiag.protocol.Endpoint;

class HeaderRewriteTest {
    private static final String TAP = "127.0.0.1:4000";

    private final HeaderRewrite http = new HeaderRewrite(new Endpoint(false, "app.test", 3000, null));
    private final HeaderRewrite https = new HeaderRewrite(new Endpoint(true, "app.test", 443, null));

    @Test
    void the_server_is_called_by_its_own_name() {
        HttpHeaders headers = new DefaultHttpHeaders()
                .set("Host", TAP)
                .set("Origin", "http://" + TAP)
                .set("Referer", "http://" + TAP + "/page?x=1")
                .set("X-Other", "http://" + TAP);
        https.request(headers, TAP);
        assertEquals("app.test", headers.get("Host"));
        assertEquals("https://app.test", headers.get("Origin"));
        assertEquals("https://app.test/page?x=1", headers.get("Referer"));
        assertEquals("http://" + TAP, headers.get("X-Other"));
    }

    @Test
    void the_origin_of_another_page_stays() {
        HttpHeaders headers = new DefaultHttpHeaders().set("Origin", "https://elsewhere.test");
        http.request(headers, TAP);
        assertEquals("https://elsewhere.test", headers.get("Origin"));
        http.response(
                headers.set("Access-Control-Allow-Origin", "http://app.test:3000"), TAP, "https://elsewhere.test");
        assertEquals("http://app.test:3000", headers.get("Access-Control-Allow-Origin"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://app.test:3000/landing?a=b, http://127.0.0.1:4000/landing?a=b",
        "http://app.test:3000, http://127.0.0.1:4000/",
        "http://app.test:3000?a=/b, http://127.0.0.1:4000/?a=/b",
        "/landing, /landing",
        "https://app.test/landing, https://app.test/landing",
        "http://other.test:3000/, http://other.test:3000/",
        "not a uri, not a uri"
    })
    void redirects_to_the_server_lead_to_the_tap(String location, String rewritten) {
        HttpHeaders headers = new DefaultHttpHeaders().set("Location", location);
        http.response(headers, TAP, null);
        assertEquals(rewritten, headers.get("Location"));
    }

    @Test
    void cookies_come_back_to_the_tap() {
        HttpHeaders headers = new DefaultHttpHeaders()
                .add("Set-Cookie", "a=1; Domain=app.test; Path=/; Secure; HttpOnly; SameSite=None")
                .add("Set-Cookie", "b=2; Path=/")
                .add("Set-Cookie", "__Host-c=3; Path=/; Secure");
        https.response(headers, TAP, null);
        assertEquals(
                List.of("a=1; Path=/; HttpOnly; SameSite=Lax", "b=2; Path=/", "__Host-c=3; Path=/; Secure"),
                headers.getAll("Set-Cookie"));
    }
}
