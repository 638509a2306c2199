package athanor.stack.command;

import athanor.contracts.recipe.Recipe;
import athanor.stack.client.Photograph;
import athanor.stack.infra.StackProblem;
import athanor.stack.run.Results;
import athanor.stack.run.TrainPhotographs;
import athanor.stack.terminal.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "train",
        description = "Trains a LoRA on a folder of your own photographs; a .txt file beside a picture is its caption."
                + " Uses the running stack, or starts one for the time of the run.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    private static final String SHIPPED_BASE = "tiny";

    private final Terminal terminal;

    @Mixin
    private StackOptions stackOptions = new StackOptions();

    @Mixin
    private RecipeOptions recipeOptions = new RecipeOptions();

    @Parameters(paramLabel = "FOLDER", description = "The photographs.")
    private Path folder = Path.of("");

    @Option(
            names = "--class-noun",
            required = true,
            paramLabel = "NOUN",
            description = "What the subject is one of, for example woman, man, dog.")
    private String classNoun = "";

    @Option(names = "--trigger", paramLabel = "WORD", description = "The rare word that will call the subject.")
    private @Nullable String trigger;

    @Option(
            names = "--base",
            paramLabel = "NAME|FOLDER|FILE",
            description = "Base model: a diffusers folder, a .safetensors checkpoint, or the name of one that the stack"
                    + " knows (default: the tiny base of the project).")
    private @Nullable String base;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the LoRA (default: the folder's).")
    private @Nullable String name;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the results go (default: athanor-NAME/).")
    private @Nullable Path out;

    TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Photograph> photographs = Photograph.in(folder);
        String loraName = name == null
                ? String.valueOf(folder.toAbsolutePath().normalize().getFileName())
                : name;
        List<Path> baseFolder = List.of();
        String baseName = base == null ? SHIPPED_BASE : base;
        if (looksLikeAPath(baseName)) {
            Path place = existing(Path.of(baseName));
            baseFolder = List.of(place.getParent());
            baseName = withoutEnding(place.getFileName().toString());
        }
        Recipe recipe = recipe(baseName);
        Results results = Results.in(out == null ? Path.of("athanor-" + loraName) : out);
        try (AttachedStack stack = AttachedStack.attachOrStart(stackOptions, terminal, baseFolder)) {
            Map<String, Path> files =
                    new TrainPhotographs(stack.address(), terminal).train(loraName, photographs, recipe, results);
            files.forEach((what, file) -> terminal.line("%-14s %s".formatted(what, file)));
        }
        return 0;
    }

    private Recipe recipe(String baseName) {
        Recipe recipe = Recipe.defaults(baseName, classNoun);
        if (trigger != null) {
            recipe = recipe.with("subject.trigger", trigger);
        }
        return recipeOptions.applyTo(recipe);
    }

    private static boolean looksLikeAPath(String text) {
        return text.contains("/") || text.contains("\\") || Files.exists(Path.of(text));
    }

    private static Path existing(Path place) {
        Path absolute = place.toAbsolutePath().normalize();
        if (!Files.exists(absolute)) {
            throw new StackProblem(
                    "there is no base model at %s; name a diffusers folder or a .safetensors file".formatted(absolute));
        }
        return absolute;
    }

    private static String withoutEnding(String fileName) {
        return fileName.endsWith(".safetensors")
                ? fileName.substring(0, fileName.length() - ".safetensors".length())
                : fileName;
    }
}
