package athanor.sample.proof;

import athanor.pictures.Resize;
import athanor.proof.Estimate;
import athanor.proof.Findings;
import athanor.proof.Proof;
import athanor.proof.ProvedTrial;
import athanor.proof.Trial;
import athanor.sample.sheet.ContactSheet;
import athanor.sample.sheet.Sheet;
import athanor.sample.sheet.SheetGroup;
import athanor.sample.sheet.SheetRow;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What was tried on one sheet: a row for a trial, with a picture of each prompt and its numbers as bars. Of many trials those are
 * shown that are nearest to the recommended one, so that the sheet stays one picture; the page has all numbers.
 */
public final class ProofSheet {

    /** Longer side of a picture on the sheet, pixels. */
    private static final int SIDE = 160;

    /** Rows below the base's own, so that a sheet is some 2,000 pixels high at most. */
    private static final int MOST_ROWS = 7;

    private ProofSheet() {}

    /** @param name of the LoRA */
    public static BufferedImage paint(Proof proof, String name) {
        List<SheetGroup> groups = new ArrayList<>();
        groups.add(new SheetGroup(
                false, List.of(new SheetRow("without the LoRA", headings(proof), false, shown(proof.withoutLora())))));
        groups.add(new SheetGroup(
                false, chosen(proof).stream().map(tried -> row(proof, tried)).toList()));
        return ContactSheet.paint(new Sheet(
                name,
                String.format(
                        Locale.ROOT,
                        "every row the same prompts and seeds · bars with 95 %% intervals: the subject under its trigger, and in pictures of its class · held-out pictures of the subject are told from others with AUC %.2f%s",
                        proof.separation(),
                        proof.trials().size() > MOST_ROWS
                                ? " · %d of %d trials, the nearest to the recommended one"
                                        .formatted(MOST_ROWS, proof.trials().size())
                                : ""),
                columns(groups),
                groups,
                Stream.concat(Stream.of(Findings.recommendation(proof)), Findings.of(proof).stream())
                        .toList()));
    }

    /** The recommended one, the finished one at strength 1, then those that differ least in how long and how strongly they count. */
    private static List<ProvedTrial> chosen(Proof proof) {
        Trial best = proof.recommended().trial();
        int last = proof.asTrained().trial().step();
        List<ProvedTrial> nearest = proof.trials().stream()
                .sorted(Comparator.comparing(
                                (ProvedTrial tried) -> !tried.trial().equals(best))
                        .thenComparing(tried -> !tried.equals(proof.asTrained()))
                        .thenComparingDouble(tried -> Math.abs(tried.trial().strength() - best.strength())
                                + Math.abs(tried.trial().step() - best.step()) / (double) last))
                .limit(MOST_ROWS)
                .toList();
        return proof.trials().stream().filter(nearest::contains).toList();
    }

    /** A sheet has as many columns as seeds; here they only count, because no row is headed by seeds. */
    private static List<Long> columns(List<SheetGroup> groups) {
        long most = groups.stream()
                .flatMap(group -> group.rows().stream())
                .mapToLong(row -> row.pictures().size())
                .max()
                .orElse(1);
        return LongStream.range(0, most).boxed().toList();
    }

    private static String headings(Proof proof) {
        List<String> columns = new ArrayList<>(List.of("the prompt"));
        columns.addAll(proof.plan().framings());
        if (proof.plan().classIsApart()) {
            columns.add("the class");
        }
        return "from the left: " + String.join(", ", columns);
    }

    private static SheetRow row(Proof proof, ProvedTrial tried) {
        boolean recommended = tried.trial().equals(proof.recommended().trial());
        List<BufferedImage> pictures = new ArrayList<>(shown(tried.shown()));
        pictures.add(ProofBars.paint(
                ProofFacts.estimate(tried.identity()),
                ProofFacts.estimate(tried.leak()),
                pictures.get(0).getWidth(),
                pictures.get(0).getHeight()));
        return new SheetRow(
                heading(tried.trial()) + (recommended ? " — recommended" : ""),
                "subject %s%s%s".formatted(tried.identity().words(), ofClass(tried.leak()), ofCopies(tried.copies())),
                recommended,
                pictures);
    }

    private static String heading(Trial trial) {
        return "step %d, strength %s".formatted(trial.step(), trial.strengthWords());
    }

    private static String ofClass(Estimate leak) {
        return leak.pictures() == 0 ? "" : "; in the class " + leak.words();
    }

    private static String ofCopies(Estimate copies) {
        return copies.value() == 0 ? "" : "; training pictures again " + copies.words();
    }

    /** Small pictures in whole multiples, so that their pixels stay crisp. */
    private static List<BufferedImage> shown(List<BufferedImage> pictures) {
        return pictures.stream().map(ProofSheet::shown).toList();
    }

    /** A picture so small that a sheet would enlarge it is enlarged before, so that a chart beside it need not be. */
    public static BufferedImage atLeastReadable(BufferedImage picture) {
        return Math.max(picture.getWidth(), picture.getHeight()) < SIDE ? shown(picture) : picture;
    }

    private static BufferedImage shown(BufferedImage picture) {
        int longest = Math.max(picture.getWidth(), picture.getHeight());
        if (longest > SIDE) {
            double scale = (double) SIDE / longest;
            return Resize.to(picture, Math.max(1, (int) Math.round(picture.getWidth() * scale)), Math.max(1, (int)
                    Math.round(picture.getHeight() * scale)));
        }
        int times = (int) Math.ceil((double) SIDE / longest);
        BufferedImage larger = new BufferedImage(
                picture.getWidth() * times, picture.getHeight() * times, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = larger.createGraphics();
        try {
            canvas.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
            canvas.drawImage(picture, 0, 0, larger.getWidth(), larger.getHeight(), null);
        } finally {
            canvas.dispose();
        }
        return larger;
    }
}
