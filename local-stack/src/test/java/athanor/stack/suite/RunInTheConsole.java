package athanor.stack.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlFileInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;

/** A run from its name to its end by what the pages offer: fields filled in, buttons pressed. */
final class RunInTheConsole {

    private final ConsoleVisit console;
    private final String id;

    private RunInTheConsole(ConsoleVisit console, String id) {
        this.console = console;
        this.id = id;
    }

    /** @param settings a line each */
    static RunInTheConsole opened(ConsoleVisit console, String name, String settings) throws IOException {
        HtmlPage page = console.page("/new");
        page.<HtmlElement>querySelector("input[name=name]").type(name);
        page.<HtmlTextArea>querySelector("textarea[name=settings]").setText(settings);
        HtmlPage opened = console.press(page, "Open the run");
        String path = opened.getUrl().getPath();
        assertThat(path).as(opened.asNormalizedText()).endsWith("/pictures");
        return new RunInTheConsole(console, path.split("/")[2]);
    }

    String id() {
        return id;
    }

    HtmlPage tab(String name) throws IOException {
        return console.page("/runs/%s%s".formatted(id, name));
    }

    void upload(List<Path> pictures) throws IOException {
        HtmlPage page = tab("/pictures");
        page.<HtmlFileInput>querySelector("input[name=files]")
                .setFiles(pictures.stream().map(Path::toFile).toArray(File[]::new));
        HtmlPage uploaded = console.press(page, "Upload");
        for (Path picture : pictures) {
            console.await(uploaded::asNormalizedText, picture.getFileName().toString());
        }
    }

    void leaveOutAndTakeBack(String picture) throws IOException {
        HtmlPage page = pictures(picture);
        console.press(card(page, picture), "Leave out");
        console.await(() -> text(page, picture), "left out");

        HtmlPage again = pictures(picture);
        assertThat(text(again, picture)).contains("left out");
        console.press(card(again, picture), "Take back");
        console.await(() -> text(again, picture), "accepted");
    }

    void write(String picture, String caption) throws IOException {
        HtmlPage page = pictures(picture);
        HtmlTextArea field = card(page, picture).querySelector("textarea[name=caption]");
        field.setText(caption);
        console.press(field.getEnclosingForm(), "Save");
        console.await(() -> text(page, picture), "Saved.");
        assertThat(text(pictures(picture), picture)).contains(caption);
    }

    void sayFraming(String picture, String framing) throws IOException {
        HtmlPage page = pictures(picture);
        HtmlSelect field = card(page, picture).querySelector("select[name=framing]");
        field.setSelectedAttribute(field.getOptionByText(framing), true);
        console.press(field.getEnclosingForm(), "Save");
        console.await(() -> text(page, picture), framing + " · as you say");
        assertThat(text(pictures(picture), picture)).contains(framing + " · as you say");
    }

    /** With the price shown before. */
    void planAndStart() throws IOException {
        HtmlPage page = tab("/plan");
        console.press(page.querySelector("form[hx-get]"), "Plan");
        console.await(() -> page.getElementById("plan-card").asNormalizedText(), "pixels kept");
        HtmlPage started = console.press(page, "Start training");
        assertThat(started.getUrl().getPath()).isEqualTo("/runs/" + id);
    }

    /** As the head of its page says. */
    void awaitState(String state, Duration patience) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        String text = tab("").asNormalizedText();
        while (!text.contains(state)) {
            assertThat(System.nanoTime()).as(text).isLessThan(deadline);
            Thread.sleep(500);
            text = tab("").asNormalizedText();
        }
    }

    /** Once, for the picture on the left. */
    void vote() throws IOException {
        assertThat(tab("/proof").asNormalizedText()).contains("Recommendation");
        HtmlPage page = tab("/proof/vote");
        DomElement round = page.getElementById("round");
        console.await(round::asNormalizedText, "The left one");
        console.press(page, "The left one");
        console.await(round::asNormalizedText, "Show the result");
        console.press(page, "Show the result");
        console.await(round::asNormalizedText, "1 / 1");
    }

    void draw(String prompt) throws IOException {
        HtmlPage page = tab("/lora");
        HtmlTextArea field = page.querySelector("textarea[name=prompt]");
        field.setText(prompt);
        console.await(() -> page.getElementById("guards").asNormalizedText(), "he guards");
        console.press(page, "Draw");
        DomElement drawn = page.getElementById("drawn");
        console.await(drawn::asNormalizedText, "Seed");
        assertThat(drawn.querySelectorAll("img")).as(drawn.asNormalizedText()).hasSize(2);
    }

    void erase() throws IOException {
        HtmlPage page = tab("/delete");
        page.<HtmlElement>querySelector("input[name=sure]").type(id);
        HtmlPage runs = console.press(page, "Delete");
        assertThat(runs.getUrl().getPath()).isEqualTo("/runs");
    }

    /** Those of a large set follow the page. */
    private HtmlPage pictures(String picture) throws IOException {
        HtmlPage page = tab("/pictures");
        console.await(page::asNormalizedText, picture);
        return page;
    }

    private static String text(HtmlPage page, String picture) {
        return card(page, picture).asNormalizedText();
    }

    private static DomNode card(HtmlPage page, String picture) {
        return page.querySelectorAll("li.picture").stream()
                .filter(card -> card.asNormalizedText().contains(picture))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no %s on: %s".formatted(picture, page.asNormalizedText())));
    }
}
