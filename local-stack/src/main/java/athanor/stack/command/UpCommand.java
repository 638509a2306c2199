package athanor.stack.command;

import athanor.stack.LocalStack;
import athanor.stack.StackAddress;
import athanor.stack.StackSettings;
import athanor.stack.infra.StoreKeys;
import athanor.stack.service.Service;
import athanor.stack.service.ServiceProcess;
import athanor.stack.terminal.Terminal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = "Starts broker, store and services, prints where they are and stays until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private StackOptions options = new StackOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SERVICE",
            description = "Start only these of ${COMPLETION-CANDIDATES}; run the others in dev mode.")
    private @Nullable List<Service> only;

    @Option(names = "--no-services", description = "Start broker and store alone.")
    private boolean noServices;

    UpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        LocalStack stack = options.start(terminal, services());
        StackAddress address = stack.settings().address();
        terminal.line("");
        for (ServiceProcess process : stack.services()) {
            Service service = process.service();
            terminal.line("  %-19s %s   process %d"
                    .formatted(
                            service.module(),
                            StackAddress.url(stack.settings().ports(), service) + page(service),
                            process.handle().pid()));
        }
        terminal.line("  %-19s %s".formatted("Kafka", address.kafka()));
        terminal.line("  %-19s %s   bucket %s, key %s, secret %s"
                .formatted(
                        "object store (S3)",
                        address.store(),
                        StackSettings.BUCKET,
                        StoreKeys.LOCAL.accessKey(),
                        StoreKeys.LOCAL.secretKey()));
        terminal.line("  %-19s %s".formatted("logs", stack.settings().data().logs()));
        terminal.line("");
        if (json.wanted()) {
            terminal.answer(addresses(stack));
        }
        terminal.line("Ctrl-C stops it, or %s from anywhere."
                .formatted(stack.settings().downCommand()));
        new CountDownLatch(1).await();
        return 0;
    }

    /** Of a service what it understands, of the console what there is to see. */
    private static String page(Service service) {
        return service == Service.CONSOLE ? "/" : "/q/swagger-ui";
    }

    /** Where a program finds what runs now; services by name. */
    private record Addresses(Map<String, String> services, String kafka, String store, String bucket, String logs) {}

    private static Addresses addresses(LocalStack stack) {
        Map<String, String> services = new LinkedHashMap<>();
        for (ServiceProcess process : stack.services()) {
            Service service = process.service();
            services.put(service.module(), StackAddress.url(stack.settings().ports(), service));
        }
        StackAddress address = stack.settings().address();
        return new Addresses(
                services,
                address.kafka(),
                address.store(),
                StackSettings.BUCKET,
                stack.settings().data().logs().toString());
    }

    private Set<Service> services() {
        Set<Service> services = EnumSet.noneOf(Service.class);
        if (!noServices) {
            services.addAll(only == null ? Arrays.asList(Service.values()) : only);
        }
        return services;
    }
}
