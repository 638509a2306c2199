package athanor.stack.command;

import athanor.contracts.recipe.Recipe;
import athanor.stack.client.Photograph;
import athanor.stack.client.PhotographFolder;
import athanor.stack.run.Example;
import athanor.stack.run.Outcome;
import athanor.stack.run.Results;
import athanor.stack.run.TrainPhotographs;
import athanor.stack.terminal.ProgressBar;
import athanor.stack.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description =
                "The main job from end to end on the example pictures: starts the stack, trains a LoRA on the tiny"
                        + " base, renders test pictures, writes LoRA, contact sheet and report.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private StackOptions stackOptions = new StackOptions();

    @Mixin
    private RecipeOptions recipeOptions = new RecipeOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "athanor-demo",
            description = "Where the results go (default: athanor-demo/).")
    private Path out = Path.of("");

    @Option(
            names = "--subject",
            paramLabel = "NAME",
            defaultValue = "moss",
            description = "Which of tiny-base/examples (default: moss).")
    private String subject = "";

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Example example = Example.find(StackOptions.home().resolve("tiny-base/examples"), subject);
        Recipe recipe = recipeOptions.applyTo(example.recipe());
        List<Photograph> photographs = PhotographFolder.read(example.folder()).photographs();
        Results results = Results.in(out);
        try (AttachedStack stack = AttachedStack.attachOrStart(server, stackOptions, terminal, List.of())) {
            long begin = System.nanoTime();
            terminal.line("%d example pictures of %s"
                    .formatted(photographs.size(), recipe.subject().instancePrompt()));
            Outcome outcome = new TrainPhotographs(stack.address(), terminal, stack::onInterrupt)
                    .train(example.name(), photographs, recipe, results);
            terminal.line("from the first upload to the last picture: %s"
                    .formatted(ProgressBar.duration((System.nanoTime() - begin) / 1e9)));
            return json.answer(terminal, outcome);
        }
    }
}
