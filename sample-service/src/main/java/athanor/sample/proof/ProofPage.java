package athanor.sample.proof;

import athanor.proof.Estimate;
import athanor.proof.Findings;
import athanor.proof.Proof;
import athanor.proof.ProvedTrial;
import java.util.Locale;

/** What was measured of a LoRA, as a page in Markdown. */
public final class ProofPage {

    private final Proof proof;
    private final StringBuilder written = new StringBuilder();

    private ProofPage(Proof proof) {
        this.proof = proof;
    }

    /**
     * @param name of the LoRA
     * @param chart file beside the page
     * @param drawing how the pictures were drawn
     */
    public static String markdown(Proof proof, String name, String chart, String drawing) {
        ProofPage page = new ProofPage(proof);
        page.line("# What %s can do", name);
        page.line("");
        page.line("**%s**", Findings.recommendation(proof));
        page.line("");
        Findings.of(proof).forEach(sentence -> page.line("- %s", sentence));
        page.line("");
        page.line("![every trial](%s)", chart);
        page.trials();
        page.people();
        page.sizes();
        page.measures(drawing);
        return page.written.toString();
    }

    private void trials() {
        line("");
        line("## Every trial");
        line("");
        StringBuilder head = new StringBuilder("| step | strength | the subject |");
        StringBuilder below = new StringBuilder("| --- | --- | --- |");
        if (proof.plan().classIsApart()) {
            head.append(" in its class | class moved |");
            below.append(" --- | --- |");
        }
        line("%s", head + " copies | score |");
        line("%s", below + " --- | --- |");
        proof.trials().forEach(this::trial);
        line("");
        line(
                "The subject: how far pictures with the trigger show it, 0 %% as the base's own pictures, 100 %% as the instance"
                        + " pictures, less again beyond these. In its class: the same of \"%s\"."
                        + " Class moved: how far that prompt's pictures as a whole lie from the base's, 1 is what two sets of the base's own"
                        + " differ by. Copies: pictures that are a training picture again. Score: the subject (copies count nothing)"
                        + " less the subject in its class, less 0.03 for each distance beyond 2 that the class moved. Intervals are 95 %% (Wilson).",
                proof.plan().classPrompt());
    }

    private void trial(ProvedTrial tried) {
        boolean best = tried.trial().equals(proof.recommended().trial());
        StringBuilder row = new StringBuilder(String.format(
                Locale.ROOT,
                "| %s%d | %s | %s |",
                best ? "**→** " : "",
                tried.trial().step(),
                tried.trial().strengthWords(),
                tried.identity().words()));
        if (proof.plan().classIsApart()) {
            row.append(String.format(Locale.ROOT, " %s | %.1f |", tried.leak().words(), tried.classShift()));
        }
        line("%s %s | %.2f |", row, tried.copies().words(), tried.score());
    }

    private void people() {
        if (!proof.sightsKnown()) {
            return;
        }
        line("");
        line("## Framings and figures");
        line("");
        StringBuilder head = new StringBuilder("| step | strength |");
        StringBuilder below = new StringBuilder("| --- | --- |");
        proof.plan().framings().forEach(words -> {
            head.append(' ').append(words).append(" |");
            below.append(" --- |");
        });
        line("%s", head + " several figures, or parts |");
        line("%s", below + " --- |");
        for (ProvedTrial tried : proof.trials()) {
            StringBuilder row = new StringBuilder(
                    "| %d | %s |".formatted(tried.trial().step(), tried.trial().strengthWords()));
            tried.framings()
                    .forEach(framed ->
                            row.append(' ').append(framed.delivered().words()).append(" |"));
            line("%s %s |", row, tried.broken().map(Estimate::words).orElse("not known"));
        }
        line("");
        line(
                "Detectors of faces and poses in photographs looked for what was asked for; they find the people of the instance pictures.");
    }

    private void sizes() {
        if (proof.envelope().isEmpty()) {
            return;
        }
        line("");
        line("## Larger than it was trained");
        line("");
        line("| times the trained size | the subject | the base alone | several figures, or parts |");
        line("| --- | --- | --- | --- |");
        line(
                "| 1 | %s | %s | %s |",
                proof.recommended().identity().words(),
                proof.identityFloor().words(),
                proof.recommended().broken().map(Estimate::words).orElse("not known"));
        proof.envelope()
                .forEach(size -> line(
                        "| %s | %s | %s | %s |",
                        size.times(),
                        size.identity().words(),
                        size.floor().words(),
                        size.broken().map(Estimate::words).orElse("not known")));
    }

    private void measures(String drawing) {
        line("");
        line("## How far to trust this");
        line("");
        line(
                "The base itself looks at the pictures (activations of its UNet, DIFT, Tang et al. 2023); no other weights are used. From %d"
                        + " instance pictures and what the base draws of the class it makes a line between them. Held-out pictures of the"
                        + " subject are told from others with an area under the ROC curve of %.2f (1 is perfect, 0.5 chance). The base"
                        + " alone has %s of the subject.",
                proof.instances(), proof.separation(), proof.identityFloor().words());
        line("");
        line("%d pictures, %s.", proof.plan().pictures(), drawing);
    }

    private void line(String format, Object... values) {
        written.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
