package athanor.stack.command;

import athanor.stack.endurance.AsideStack;
import athanor.stack.endurance.EnduranceProgram;
import athanor.stack.infra.StackProblem;
import athanor.stack.infra.StoreKeys;
import athanor.stack.service.ClassArchives;
import athanor.stack.service.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "load",
        description =
                "Measures what a long queue costs: real workers, broker and store, and trainings that only pass the time."
                        + " Prints throughput, store requests, and how long a run waits for its next worker when the first is killed.",
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "10000",
            description = "In the queue before the first worker comes (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--workers", paramLabel = "N", defaultValue = "50", description = "Default: ${DEFAULT-VALUE}.")
    private int workers;

    @Option(
            names = "--run-seconds",
            paramLabel = "S",
            defaultValue = "60",
            description = "How long each training takes (default: ${DEFAULT-VALUE}).")
    private int runSeconds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "120",
            description = "How long throughput and requests are counted (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "3",
            description = "Workers that fall silent afterwards, one after another (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (runs < workers || workers < 1 || kills < 0 || kills >= workers || runSeconds < 1 || seconds < 1) {
            throw new StackProblem(
                    "%d runs, %d workers, %d kills; wanted are a run for each worker and a worker that is not killed"
                            .formatted(runs, workers, kills));
        }
        Path home = StackOptions.home();
        try (AsideStack aside = AsideStack.start(home, EnumSet.noneOf(Service.class), ClassArchives.ofThisProcess())) {
            return new EnduranceProgram(home)
                    .run(
                            "athanor.endurance.load.Load",
                            "3g",
                            List.of(
                                    aside.bootstrapServers(),
                                    aside.store(),
                                    StoreKeys.LOCAL.accessKey(),
                                    StoreKeys.LOCAL.secretKey(),
                                    Integer.toString(runs),
                                    Integer.toString(workers),
                                    Integer.toString(runSeconds),
                                    Integer.toString(seconds),
                                    Integer.toString(kills)));
        }
    }
}
