package athanor.ingest;

import athanor.shell.ProblemAnswer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes uploads from the network to the disk, piece by piece and before a thread works for them: a body that stalls holds a
 * connection and a file, and however many come at once, none stands in memory.
 */
@ApplicationScoped
class ReceiveUploads {

    private static final Logger LOG = Logger.getLogger(ReceiveUploads.class);

    private static final Pattern ONE = Pattern.compile("/+runs/+[^/]+/+pictures/+[^/]+/*");
    private static final Pattern MANY = Pattern.compile("/+runs/+[^/]+/+pictures/*");

    /** More than a picture may have, so that a file that is too large gets a sentence and no broken connection. */
    private static final long MOST_OF_ONE = 100L << 20;

    private static final String FILE = ReceivedFile.class.getName();

    /** Before those who take what is left, behind those who look at what is announced. */
    private static final int BEFORE_TEXTS = 900;

    private final Vertx vertx;
    private final IngestSettings settings;

    ReceiveUploads(Vertx vertx, IngestSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
    }

    void register(@Observes Filters filters) {
        filters.register(this::receive, BEFORE_TEXTS);
    }

    /** The upload of a request; whoever takes it has to close it. */
    static Optional<ReceivedFile> of(RoutingContext request) {
        return Optional.ofNullable(request.<ReceivedFile>get(FILE)).map(ReceivedFile::take);
    }

    private void receive(RoutingContext request) {
        long most = mostOf(request.request());
        if (most == 0) {
            request.next();
            return;
        }
        if (announced(request.request()) > most) {
            tooLarge(request, most);
            return;
        }
        request.request().pause();
        vertx.executeBlocking(ReceivedFile::empty)
                .compose(received -> vertx.fileSystem()
                        .open(received.path().toString(), new OpenOptions())
                        .map(file -> new Reception(request, received, file, most)))
                .onSuccess(Reception::begin)
                .onFailure(e -> noRoom(request, e));
    }

    /** @return how many bytes of an upload are read; zero for everything else */
    private long mostOf(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.PUT)
                && ONE.matcher(request.path()).matches()) {
            return MOST_OF_ONE;
        }
        return request.method().equals(HttpMethod.POST)
                        && MANY.matcher(request.path()).matches()
                ? settings.maxBytesAtOnce().asLongValue()
                : 0;
    }

    /** What is no number is the framework's to refuse. */
    private static long announced(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return header != null && header.matches("\\d{1,18}") ? Long.parseLong(header) : 0;
    }

    private static void tooLarge(RoutingContext request, long most) {
        ProblemAnswer.send(
                request,
                413,
                "too large",
                "the body has more than the %d bytes that are read of such an upload; send less at once"
                        .formatted(most));
    }

    private static void noRoom(RoutingContext request, Throwable cause) {
        LOG.error("An upload cannot be written to the temporary folder", cause);
        ProblemAnswer.send(
                request,
                507,
                "no room",
                "the service cannot write the upload to its temporary folder %s, whose disk may be full; free some and send it again"
                        .formatted(System.getProperty("java.io.tmpdir")));
    }

    /** One upload on its way. All of it happens on the event loop of its connection. */
    private final class Reception {

        private final RoutingContext routing;
        private final HttpServerRequest request;
        private final ReceivedFile received;
        private final AsyncFile file;
        private final long most;
        private final long clock;
        private long bytes;
        private long bytesAtLastLook = -1;
        private boolean over;

        Reception(RoutingContext routing, ReceivedFile received, AsyncFile file, long most) {
            this.routing = routing;
            this.request = routing.request();
            this.received = received;
            this.file = file;
            this.most = most;
            this.clock = vertx.setPeriodic(settings.stalledAfter().toMillis(), id -> look());
        }

        void begin() {
            routing.addEndHandler(ended -> {
                giveUp(null);
                received.closeUnlessTaken();
            });
            request.exceptionHandler(this::giveUp);
            file.exceptionHandler(this::fail);
            request.handler(this::write);
            request.endHandler(end -> close());
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                request.response().writeContinue();
            }
            request.resume();
        }

        private void write(Buffer piece) {
            bytes += piece.length();
            if (over) {
                return;
            }
            if (bytes > most) {
                giveUp(null);
                tooLarge(routing, most);
                return;
            }
            file.write(piece).onFailure(this::fail);
            if (file.writeQueueFull()) {
                request.pause();
                file.drainHandler(drained -> request.resume());
            }
        }

        private void look() {
            if (bytes == bytesAtLastLook) {
                giveUp(null);
                ProblemAnswer.send(
                        routing,
                        408,
                        "stalled",
                        "nothing of the upload came for %d s after its first %d bytes; send it again"
                                .formatted(settings.stalledAfter().toSeconds(), bytes));
            }
            bytesAtLastLook = bytes;
        }

        private void close() {
            if (!over) {
                over = true;
                vertx.cancelTimer(clock);
                file.close().onFailure(e -> noRoom(routing, e)).onSuccess(whole -> {
                    routing.put(FILE, received);
                    routing.next();
                });
            }
        }

        private void fail(Throwable cause) {
            if (!over) {
                giveUp(cause);
                noRoom(routing, cause);
            }
        }

        private void giveUp(@Nullable Throwable gone) {
            if (!over) {
                over = true;
                vertx.cancelTimer(clock);
                file.close().onComplete(closed -> received.closeUnlessTaken());
            }
        }
    }
}
