package athanor.console.page;

import io.quarkus.qute.Engine;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.Objects;

/** Makes the pages of one request, each with the words of its reader's language. */
@RequestScoped
public class Pages {

    private final Engine engine;
    private final HttpHeaders headers;
    private final UriInfo uri;

    Pages(Engine engine, HttpHeaders headers, UriInfo uri) {
        this.engine = engine;
        this.headers = headers;
        this.uri = uri;
    }

    public Language language() {
        return Language.of(headers);
    }

    /** Whether only a part of a page is wanted: htmx asks. */
    public boolean part() {
        return "true".equals(headers.getHeaderString("HX-Request"));
    }

    public TemplateInstance page(String template) {
        return fill(template, language()).data("here", uri.getRequestUri().getRawPath());
    }

    /** Of a page that goes on after its request is over. */
    public Fragments fragments() {
        Language language = language();
        return template -> fill(template, language);
    }

    private TemplateInstance fill(String template, Language language) {
        var words = Words.in(language);
        return Objects.requireNonNull(engine.getTemplate(template), template)
                .instance()
                .data("w", words)
                .data("n", new Numbers(words, Clock.systemUTC()))
                .data("language", language);
    }

    /** Makes parts of a page. */
    public interface Fragments {
        TemplateInstance of(String template);
    }
}
