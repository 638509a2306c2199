package athanor.shell;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The trace of an event (W3C Trace Context), for those who read and keep events without a channel that does it for them. */
public final class TraceParent {

    private static final String HEADER = "traceparent";

    private static final TextMapGetter<String> ITSELF = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(HEADER);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return key.equals(HEADER) ? carrier : null;
        }
    };

    private TraceParent() {}

    /** The header's text, or null where the event has none. */
    public static @Nullable String in(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** What is done in this context belongs to that trace; the current context where there is none or it is malformed. */
    public static Context context(@Nullable String traceparent) {
        return traceparent == null
                ? Context.current()
                : W3CTraceContextPropagator.getInstance().extract(Context.current(), traceparent, ITSELF);
    }
}
