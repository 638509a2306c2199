package athanor.stack.command;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where base models lie that are called by name. */
final class BaseModelsOption {

    @Option(
            names = "--base-models",
            paramLabel = "DIR",
            description = "One more folder that holds base models by name; may be repeated. ATHANOR_BASE_MODELS"
                    + " names folders too.")
    private List<Path> baseModels = new ArrayList<>();

    /** @param home of the project, which ships one */
    List<Path> folders(Path home) {
        List<Path> folders = new ArrayList<>();
        folders.add(home.resolve("tiny-base/models"));
        for (String folder :
                System.getenv().getOrDefault("ATHANOR_BASE_MODELS", "").split(File.pathSeparator)) {
            if (!folder.isBlank()) {
                folders.add(Path.of(folder).toAbsolutePath());
            }
        }
        baseModels.forEach(folder -> folders.add(folder.toAbsolutePath().normalize()));
        return folders;
    }
}
