package athanor.stack.command;

import athanor.contracts.recipe.Recipe;
import athanor.stack.client.KohyaName;
import athanor.stack.client.PhotographFolder;
import athanor.stack.infra.StackProblem;
import athanor.stack.run.Example;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who or what is to be learnt. */
final class SubjectOptions {

    @Option(
            names = "--class-noun",
            paramLabel = "NOUN",
            description =
                    "What the subject is one of, for example woman, man, dog; a folder named '10_ohwx woman' says it"
                            + " too, and so does class-noun=woman in a file example.properties in it.")
    private @Nullable String classNoun;

    @Option(names = "--trigger", paramLabel = "WORD", description = "The rare word that will call the subject.")
    private @Nullable String trigger;

    /**
     * The defaults of a base for the subject of a folder. What stands on the command line counts more than the folder's name, and that
     * more than {@code example.properties} in it.
     */
    Recipe recipe(String baseName, PhotographFolder given, Path folder) {
        Optional<KohyaName> named = given.subject();
        Optional<Example> example = Example.in(folder);
        String noun = Optional.ofNullable(classNoun)
                .or(() -> named.flatMap(KohyaName::classNoun))
                .or(() -> example.flatMap(Example::classNoun))
                .orElseThrow(() -> new StackProblem(
                        "nothing says what the subject is one of; add --class-noun woman (or man, dog, …), or"
                                + " name the folder as in '10_ohwx woman'"));
        Optional<String> word = Optional.ofNullable(trigger)
                .or(() -> named.map(KohyaName::trigger))
                .or(() -> example.flatMap(Example::trigger));
        Recipe recipe = Recipe.defaults(baseName, noun);
        return word.isPresent() ? recipe.with("subject.trigger", word.get()) : recipe;
    }

    /** The same recipe with what was said of the subject. */
    Recipe applyTo(Recipe before) {
        Recipe recipe = classNoun == null ? before : before.with("subject.classNoun", classNoun);
        return trigger == null ? recipe : recipe.with("subject.trigger", trigger);
    }
}
