package athanor.ingest;

import athanor.shell.ProblemAnswer;
import io.quarkus.runtime.configuration.MemorySize;
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
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes uploads from the network to the disk, piece by piece and before a thread works for them: a body that stalls holds a
 * connection and a file, and however many come at once, none stands in memory.
 */
@ApplicationScoped
class ReceiveUploads {

    private static final Logger LOG = Logger.getLogger(ReceiveUploads.class);

    private static final Pattern UPLOAD = Pattern.compile("/+runs/+[^/]+/+pictures/+[^/]+/*");
    private static final String FILE = ReceivedFile.class.getName();

    /** Before those who take what is left, behind those who look at what is announced. */
    private static final int BEFORE_TEXTS = 900;

    private final Vertx vertx;
    private final IngestSettings settings;
    private final long most;

    ReceiveUploads(
            Vertx vertx,
            IngestSettings settings,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most) {
        this.vertx = vertx;
        this.settings = settings;
        this.most = most.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::receive, BEFORE_TEXTS);
    }

    /** The upload of a request; whoever takes it has to close it. */
    static Optional<ReceivedFile> of(RoutingContext request) {
        return Optional.ofNullable(request.<ReceivedFile>get(FILE)).map(ReceivedFile::take);
    }

    private void receive(RoutingContext request) {
        boolean upload = request.request().method().equals(HttpMethod.PUT)
                && UPLOAD.matcher(request.request().path()).matches();
        if (!upload) {
            request.next();
            return;
        }
        request.request().pause();
        vertx.executeBlocking(ReceivedFile::empty)
                .compose(received -> vertx.fileSystem()
                        .open(received.path().toString(), new OpenOptions())
                        .map(file -> new Reception(request, received, file)))
                .onSuccess(Reception::begin)
                .onFailure(e -> noRoom(request, e));
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
        private final long clock;
        private long bytes;
        private long bytesAtLastLook = -1;
        private boolean over;

        Reception(RoutingContext routing, ReceivedFile received, AsyncFile file) {
            this.routing = routing;
            this.request = routing.request();
            this.received = received;
            this.file = file;
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
                ProblemAnswer.send(
                        routing,
                        413,
                        "too large",
                        "the body has more than the %d bytes that this service reads; send less".formatted(most));
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
                        "nothing of the picture came for %d s after its first %d bytes; send it again"
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
