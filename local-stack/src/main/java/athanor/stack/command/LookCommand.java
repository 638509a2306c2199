package athanor.stack.command;

import athanor.appraisal.Appraisal;
import athanor.appraisal.AppraiseSet;
import athanor.appraisal.Expected;
import athanor.appraisal.Judged;
import athanor.appraisal.Sentences;
import athanor.contracts.Size;
import athanor.plan.captions.CaptionLint;
import athanor.stack.client.PhotographFolder;
import athanor.stack.look.LookAtFolder;
import athanor.stack.look.SetPage;
import athanor.stack.look.SetWords;
import athanor.stack.terminal.ProgressBar;
import athanor.stack.terminal.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "look",
        description =
                "Looks at a folder of photographs and says what they are worth for training: each picture, and the"
                        + " set as a whole. Nothing is started and nothing is uploaded.",
        mixinStandardHelpOptions = true)
final class LookCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "FOLDER", description = "The photographs.")
    private Path folder = Path.of("");

    @Option(
            names = "--class-noun",
            paramLabel = "NOUN",
            defaultValue = "person",
            description = "What the subject is one of, for example woman, dog (default: ${DEFAULT-VALUE}).")
    private String classNoun = "";

    @Option(
            names = "--area",
            paramLabel = "WxH",
            defaultValue = "512x768",
            description = "The size that is to be trained at (default: ${DEFAULT-VALUE}).")
    private String area = "";

    @Option(names = "--trigger", paramLabel = "WORD", description = "The word that is to call the subject.")
    private @Nullable String trigger;

    @Mixin
    private JsonOption json = new JsonOption();

    @Option(
            names = "--language",
            paramLabel = "TAG",
            description = "Language of the sentences: en or zh (default: that of LANG).")
    private @Nullable String language;

    LookCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        PhotographFolder given = PhotographFolder.read(folder);
        int all = given.photographs().size();
        String tag = language == null ? ofTheTerminal() : language;
        SetWords words = SetWords.asked(tag);
        LookAtFolder look = new LookAtFolder(
                Expected.of(Size.parse(area), classNoun),
                done -> terminal.status(
                        "Looking",
                        "  %-11s %s  %d / %d".formatted(words.of("looking"), ProgressBar.of(done, all), done, all)));
        List<Judged> judged = look.at(given.photographs());
        AppraiseSet set = new AppraiseSet(judged, Sentences.asked(tag));
        given.passedOver().forEach(sentence -> terminal.line(words.of("notUsed", sentence)));
        if (json.wanted()) {
            terminal.answer(set.pictures());
            return 0;
        }
        SetPage.findings(set.pictures(), words).forEach(terminal::line);
        SetPage.summary(set.report(), words).forEach(terminal::line);
        captions(judged).forEach(warning -> terminal.line("captions: " + warning));
        return 0;
    }

    private List<String> captions(List<Judged> judged) {
        Map<String, String> given = new LinkedHashMap<>();
        for (Judged picture : judged) {
            if (picture.appraisal() instanceof Appraisal.Usable && picture.caption() != null) {
                given.put(picture.fileName(), picture.caption());
            }
        }
        List<String> warnings = new ArrayList<>(CaptionLint.warnings(List.copyOf(given.values()), trigger));
        warnings.addAll(CaptionLint.certainlyTooLong(given));
        return warnings;
    }

    /** {@code zh_CN.UTF-8} is zh-CN. */
    private static @Nullable String ofTheTerminal() {
        String lang = System.getenv("LANG");
        return lang == null ? null : lang.split("[.@]", 2)[0].replace('_', '-');
    }
}
