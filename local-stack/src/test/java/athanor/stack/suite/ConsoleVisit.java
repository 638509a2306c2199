package athanor.stack.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.WebConnectionWrapper;

/** Looks at the console as a browser does: scripts run, and one that fails fails the test. */
final class ConsoleVisit implements AutoCloseable {

    private static final long SCRIPTS = 3_000;
    private static final long STEP = 250;

    private final String address;
    private final WebClient browser = new WebClient();
    private final Set<String> asked = new TreeSet<>();

    ConsoleVisit(int port) {
        this.address = "http://127.0.0.1:" + port;
        browser.addRequestHeader("Accept-Language", "en");
        browser.getOptions().setCssEnabled(false);
        browser.setWebConnection(new WebConnectionWrapper(browser) {
            @Override
            public WebResponse getResponse(WebRequest request) throws IOException {
                asked.add(request.getUrl().getAuthority());
                return super.getResponse(request);
            }
        });
    }

    HtmlPage page(String path) throws IOException {
        HtmlPage page = browser.getPage(address + path);
        browser.waitForBackgroundJavaScript(SCRIPTS);
        return page;
    }

    String text(String path) throws IOException {
        return page(path).asNormalizedText();
    }

    /** The first button below a node that says so; a page that it leads to is there when this returns. */
    HtmlPage press(DomNode within, String button) throws IOException {
        HtmlElement found = within.querySelectorAll("button").stream()
                .filter(there -> there.asNormalizedText().startsWith(button))
                .map(HtmlElement.class::cast)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("no button '%s' in: %s".formatted(button, within.asNormalizedText())));
        HtmlPage after = found.click();
        browser.waitForBackgroundJavaScript(SCRIPTS);
        return after;
    }

    /** Waits, while scripts go on, until a part of the page says something. */
    void await(Supplier<String> part, String text) {
        long deadline = System.nanoTime() + StackUnderTest.QUICK.toNanos();
        while (!part.get().contains(text)) {
            assertThat(System.nanoTime()).as("'%s' in: %s", text, part.get()).isLessThan(deadline);
            browser.waitForBackgroundJavaScript(STEP);
        }
    }

    /** Nobody but the console was asked for anything. */
    void assertNothingForeign() {
        assertThat(asked).containsExactly(address.substring("http://".length()));
    }

    @Override
    public void close() {
        browser.close();
    }
}
