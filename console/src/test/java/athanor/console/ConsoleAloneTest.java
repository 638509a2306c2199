package athanor.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;

/** The console without a service to ask: it says so, and lets nobody in who is not its own page. */
@QuarkusTest
@TestProfile(ConsoleAloneTest.NobodyThere.class)
class ConsoleAloneTest {

    /** Port 1 of the loopback address is nobody's. */
    public static final class NobodyThere implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "athanor.services.ingest", "http://127.0.0.1:1",
                    "athanor.services.preprocess", "http://127.0.0.1:1",
                    "athanor.services.train", "http://127.0.0.1:1",
                    "athanor.services.sample", "http://127.0.0.1:1",
                    "kafka.bootstrap.servers", "127.0.0.1:1");
        }
    }

    @TestHTTPResource("/")
    URL address;

    @Test
    void aServiceThatIsAwayIsNamedInWords() throws Exception {
        try (WebClient browser = browser("en")) {
            HtmlPage page = browser.getPage(address + "runs");

            assertThat(page.getWebResponse().getStatusCode()).isEqualTo(503);
            assertThat(page.asNormalizedText())
                    .contains("A service is away", "ingest-service does not answer at http://127.0.0.1:1");
        }
    }

    @Test
    void whatCannotBeDoneIsSaidInTheWordsOfWhoeverRefusesIt() throws Exception {
        String form = "settings=steps";
        String request = "POST /new HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Length: %d\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n\r\n%s";

        assertThat(answer(request.formatted(host(), form.length(), form)))
                .startsWith("HTTP/1.1 422")
                .contains("the line &#39;steps&#39; is no setting; wanted one like training.steps=900");
    }

    @Test
    void whoReadsChineseGetsChinese() throws Exception {
        try (WebClient browser = browser("zh-CN,zh;q=0.9,en;q=0.5")) {
            HtmlPage page = browser.getPage(address + "runs");

            assertThat(page.asNormalizedText()).contains("有服务没有响应");
            assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("zh");
        }
    }

    @Test
    void whatAnotherSiteSendsIsRefused() throws Exception {
        String form = "POST /runs/anna-1/cancel HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\nConnection: close\r\n";

        assertThat(answer(form.formatted(host()) + "Origin: https://evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(answer(form.formatted(host()) + "Sec-Fetch-Site: cross-site\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(answer(form.formatted(host()) + "Origin: null\r\n\r\n")).startsWith("HTTP/1.1 403");
        assertThat(answer(form.formatted(host()) + "Origin: http://" + host() + "\r\n\r\n"))
                .as("ours is passed on to a service that is away")
                .startsWith("HTTP/1.1 503");
    }

    @Test
    void aForeignNameThatLeadsHereIsRefused() throws Exception {
        assertThat(answer("GET /runs HTTP/1.1\r\nHost: evil.example:8080\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("athanor.console.names");
    }

    private static WebClient browser(String languages) {
        WebClient browser = new WebClient();
        browser.addRequestHeader("Accept-Language", languages);
        browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
        return browser;
    }

    private String host() {
        return address.getHost() + ":" + address.getPort();
    }

    /** By hand, because no HTTP client lets one lie about its host. */
    private String answer(String request) throws Exception {
        try (Socket socket = new Socket(address.getHost(), address.getPort());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
