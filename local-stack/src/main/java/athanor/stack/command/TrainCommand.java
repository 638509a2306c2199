package athanor.stack.command;

import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.recipe.Preset;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.NewRun;
import athanor.contracts.rest.RunView;
import athanor.stack.client.KohyaName;
import athanor.stack.client.Photograph;
import athanor.stack.client.PhotographFolder;
import athanor.stack.client.RunsClient;
import athanor.stack.infra.StackProblem;
import athanor.stack.run.Results;
import athanor.stack.run.TrainPhotographs;
import athanor.stack.terminal.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "train",
        description =
                "Trains a LoRA on a folder of your own photographs; a .txt or .caption file beside a picture is its"
                        + " caption, a .regions file points out the head or the subject in it. Uses the running stack, or starts one for the time of the run.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    private static final String SHIPPED_BASE = "tiny";

    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private StackOptions stackOptions = new StackOptions();

    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    @Mixin
    private RecipeOptions recipeOptions = new RecipeOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "FOLDER", arity = "0..1", description = "The photographs.")
    private @Nullable Path folder;

    @Option(
            names = "--clone",
            paramLabel = "ID",
            description =
                    "Instead of a folder: trains the pictures of this run again, with its recipe and what the other"
                            + " options change.")
    private @Nullable String cloned;

    @Option(
            names = "--base",
            paramLabel = "NAME|FOLDER|FILE",
            description = "Base model: a diffusers folder, a .safetensors checkpoint, or the name of one that the stack"
                    + " knows (default: the tiny base of the project).")
    private @Nullable String base;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "quick, balanced or thorough: steps, rank, alpha and rates that fit the base and the subject,"
                    + " instead of the defaults; --set changes them.")
    private @Nullable Preset preset;

    @Option(
            names = "--class-pictures",
            paramLabel = "FOLDER",
            description = "Your own pictures of the class, with captions, instead of rendered ones; with --set"
                    + " prior.mode=transplant the bodies that get the subject's head.")
    private @Nullable Path classPictures;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the LoRA (default: the folder's).")
    private @Nullable String name;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the results go (default: athanor-NAME/).")
    private @Nullable Path out;

    TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (cloned != null && preset != null) {
            throw new StackProblem(
                    "--clone begins with the recipe of that run and --preset with another; name one of them");
        }
        if (folder != null && cloned == null) {
            return train(folder);
        }
        if (cloned != null && folder == null) {
            return trainAgain(cloned);
        }
        throw new StackProblem("name one thing to train: a folder of photographs, or a run with --clone ID");
    }

    private Integer trainAgain(String runId) {
        BaseArgument baseModel = base == null ? null : BaseArgument.of(base);
        List<Path> folders = baseModel == null ? List.of() : baseModel.folders();
        try (AttachedStack stack = AttachedStack.attachOrStart(server, stackOptions, terminal, folders)) {
            RunView run = new RunsClient(stack.address().ingest()).run(runId);
            Recipe recipe = changed(Objects.requireNonNull(run.recipe(), "a run by its id has a recipe"), baseModel);
            String loraName = name == null ? run.name() : name;
            Results results = Results.in(out == null ? Path.of("athanor-" + loraName) : out);
            return json.answer(
                    terminal,
                    new TrainPhotographs(stack.address(), terminal, stack::onInterrupt)
                            .trainAgain(runId, loraName, recipe, results));
        }
    }

    private Recipe changed(Recipe before, @Nullable BaseArgument baseModel) {
        Recipe recipe = before;
        if (baseModel != null) {
            recipe = recipe.with("baseModel", baseModel.baseModel());
        }
        return recipeOptions.applyTo(subject.applyTo(recipe));
    }

    private Integer train(Path folder) {
        PhotographFolder given = PhotographFolder.read(folder);
        String loraName = name == null
                ? String.valueOf(folder.toAbsolutePath().normalize().getFileName())
                : name;
        BaseArgument baseModel = BaseArgument.of(base == null ? SHIPPED_BASE : base);
        Recipe usual = recipeOptions.withSubject(subject.recipe(baseModel.baseModel(), given, folder));
        Recipe wished = recipeOptions.applyTo(usual); // refuses what no recipe has before anything is started
        Results results = Results.in(out == null ? Path.of("athanor-" + loraName) : out);
        List<Photograph> photographs = new ArrayList<>(given.photographs());
        if (classPictures != null) {
            PhotographFolder ofTheClass = PhotographFolder.read(classPictures);
            ofTheClass.photographs().forEach(one -> photographs.add(one.below(AcceptedPicture.OF_THE_CLASS)));
            ofTheClass.passedOver().forEach(sentence -> terminal.line("not used: %s".formatted(sentence)));
        }
        given.subject().ifPresent(named -> terminal.line(understood(named)));
        given.passedOver().forEach(sentence -> terminal.line("not used: %s".formatted(sentence)));
        try (AttachedStack stack = AttachedStack.attachOrStart(server, stackOptions, terminal, baseModel.folders())) {
            Recipe recipe =
                    preset == null ? wished : recipeOptions.applyToPreset(preset(preset, loraName, usual, stack));
            return json.answer(
                    terminal,
                    new TrainPhotographs(stack.address(), terminal, stack::onInterrupt)
                            .train(loraName, photographs, recipe, results));
        }
    }

    /** The service knows what kind of base it is. */
    private static Recipe preset(Preset preset, String name, Recipe usual, AttachedStack stack) {
        Map<String, Object> wish = Map.of("baseModel", usual.baseModel(), "subject", usual.subject());
        return new RunsClient(stack.address().ingest())
                .dryRun(new NewRun(name, wish, null, preset))
                .recipe();
    }

    private static String understood(KohyaName named) {
        return ("the folder is named as for kohya's trainers: trigger %s%s; its repeats are not used, every picture is"
                        + " trained as often as the others and training.steps says how long")
                .formatted(
                        named.trigger(),
                        named.classNoun().map(noun -> ", class noun " + noun).orElse(""));
    }
}
