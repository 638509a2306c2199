package athanor.stack.endurance;

import athanor.stack.infra.StackProblem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the module {@code endurance}, on the class path that train-service was packaged with. */
public final class EnduranceProgram {

    private final Path home;

    public EnduranceProgram(Path home) {
        this.home = home;
    }

    /** @return how it ended */
    public int run(String mainClass, String heap, List<String> arguments) throws IOException, InterruptedException {
        Path service = home.resolve("train-service/target");
        String classPath = String.join(
                File.pathSeparator,
                jar(home.resolve("endurance/target")),
                jar(service),
                service.resolve("quarkus-app/lib/main") + "/*",
                service.resolve("quarkus-app/lib/boot") + "/*");
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-Xmx" + heap,
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                classPath));
        command.add(mainClass);
        command.addAll(arguments);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /** The Java of this process. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String jar(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            try (var files = Files.list(target)) {
                List<Path> jars = files.filter(file -> file.toString().endsWith("-SNAPSHOT.jar"))
                        .toList();
                if (!jars.isEmpty()) {
                    return jars.get(0).toString();
                }
            }
        }
        throw new StackProblem("%s holds no jar; build first: mvn -DskipTests package".formatted(target));
    }
}
