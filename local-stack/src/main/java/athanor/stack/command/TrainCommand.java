package athanor.stack.command;

import athanor.contracts.recipe.Recipe;
import athanor.stack.client.PhotographFolder;
import athanor.stack.run.Results;
import athanor.stack.run.TrainPhotographs;
import athanor.stack.terminal.Terminal;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "train",
        description =
                "Trains a LoRA on a folder of your own photographs; a .txt or .caption file beside a picture is its caption."
                        + " Uses the running stack, or starts one for the time of the run.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    private static final String SHIPPED_BASE = "tiny";

    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

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
        PhotographFolder given = PhotographFolder.read(folder);
        String loraName = name == null
                ? String.valueOf(folder.toAbsolutePath().normalize().getFileName())
                : name;
        BaseArgument baseModel = BaseArgument.of(base == null ? SHIPPED_BASE : base);
        Recipe recipe = recipe(baseModel.baseModel());
        Results results = Results.in(out == null ? Path.of("athanor-" + loraName) : out);
        given.passedOver().forEach(sentence -> terminal.line("not used: %s".formatted(sentence)));
        try (AttachedStack stack = AttachedStack.attachOrStart(server, stackOptions, terminal, baseModel.folders())) {
            Map<String, Path> files = new TrainPhotographs(stack.address(), terminal)
                    .train(loraName, given.photographs(), recipe, results);
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
}
