package athanor.sample;

import athanor.contracts.events.ProofRendered;
import athanor.contracts.proof.ProvedTrial;
import athanor.proof.Findings;
import athanor.sample.proof.ProofBars;
import athanor.sample.sheet.SheetRow;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a proof found, as rows of a contact sheet: the recommended use marked, and the finished LoRA beside it where that is another. */
final class ProvedRows {

    private ProvedRows() {}

    /**
     * @param pictures by the recommended use; empty where the sheet shows it anyway
     * @param width of a picture on the sheet
     */
    static List<SheetRow> of(ProofRendered proof, List<BufferedImage> pictures, int width, int height) {
        ProvedTrial best =
                trial(proof, proof.recommended().step(), proof.recommended().strength());
        ProvedTrial finished = trial(
                proof, proof.trials().stream().mapToInt(ProvedTrial::step).max().orElseThrow(), 1);
        List<SheetRow> rows = new ArrayList<>();
        List<BufferedImage> shown = new ArrayList<>(pictures);
        shown.add(bars(best, width, height));
        rows.add(new SheetRow(heading(proof) + use(best), numbers(best), true, shown));
        if (!finished.equals(best)) {
            rows.add(new SheetRow(use(finished), numbers(finished), false, List.of(bars(finished, width, height))));
        }
        return rows;
    }

    private static String heading(ProofRendered proof) {
        return proof.recommended().sentence().startsWith(Findings.USE) ? "recommended: " : "the best that was tried: ";
    }

    static boolean isRecommended(ProofRendered proof, int step, double strength) {
        return proof.recommended().step() == step && proof.recommended().strength() == strength;
    }

    private static ProvedTrial trial(ProofRendered proof, int step, double strength) {
        return proof.trials().stream()
                .filter(tried -> tried.step() == step && tried.strength() == strength)
                .findFirst()
                .orElseThrow();
    }

    private static BufferedImage bars(ProvedTrial tried, int width, int height) {
        return ProofBars.paint(tried.identity(), tried.leak(), width, height);
    }

    private static String use(ProvedTrial tried) {
        return "step %d at strength %s".formatted(tried.step(), plain(tried.strength()));
    }

    private static String numbers(ProvedTrial tried) {
        String subject = "bars with 95 %% intervals: the subject under its trigger %.0f %% (%.0f-%.0f %%)";
        String ofClass = tried.leak().pictures() == 0 ? "" : ", in pictures of its class %.0f %% (%.0f-%.0f %%)";
        return String.format(
                Locale.ROOT,
                subject + ofClass,
                100 * tried.identity().value(),
                100 * tried.identity().low(),
                100 * tried.identity().high(),
                100 * tried.leak().value(),
                100 * tried.leak().low(),
                100 * tried.leak().high());
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
