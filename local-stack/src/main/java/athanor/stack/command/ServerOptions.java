package athanor.stack.command;

import athanor.stack.StackAddress;
import athanor.stack.infra.Ports;
import athanor.stack.infra.StackProblem;
import athanor.stack.service.Service;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A suite that was not started by this launcher: in containers, in a cluster, on another machine. */
final class ServerOptions {

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Address of an ingest service elsewhere, for example http://127.0.0.1:8081.")
    private @Nullable String server;

    @Option(
            names = "--samples",
            paramLabel = "URL",
            description = "Address of a sample service elsewhere (default: port 8084 of the server's host).")
    private @Nullable String samples;

    /** Where nothing is said of an address, that of the local stack. */
    StackAddress over(StackAddress local) {
        return new StackAddress(
                server == null ? local.ingest() : server,
                Optional.ofNullable(server)
                        .map(given -> beside(given, Service.PREPROCESS))
                        .orElse(local.preprocess()),
                samples().orElse(local.sample()),
                local.kafka(),
                local.store(),
                local.baseModels());
    }

    /** The suite elsewhere, if one was named; which base models it has, only its services know. */
    Optional<StackAddress> suite() {
        if (server == null && samples != null) {
            throw new StackProblem("--samples names a sample service and --server no ingest service; name both");
        }
        return server == null ? Optional.empty() : Optional.of(over(StackAddress.of(new Ports(0), List.of())));
    }

    private Optional<String> samples() {
        return Optional.ofNullable(samples)
                .or(() -> Optional.ofNullable(server).map(given -> beside(given, Service.SAMPLE)));
    }

    /** The same host, at the port that the service has by default. */
    private static String beside(String server, Service service) {
        URI uri = address(server)
                .filter(given -> given.getHost() != null)
                .orElseThrow(() -> new StackProblem(
                        "--server '%s' is no address; write it as http://HOST:PORT, for example http://127.0.0.1:%d"
                                .formatted(server, Service.INGEST.defaultPort())));
        return "%s://%s:%d".formatted(uri.getScheme(), uri.getHost(), service.defaultPort());
    }

    private static Optional<URI> address(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
