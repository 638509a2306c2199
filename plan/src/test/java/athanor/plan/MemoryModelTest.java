package athanor.plan;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.Size;
import athanor.contracts.recipe.PriorMode;
import athanor.plan.MemoryTable.Line;
import athanor.plan.MemoryTable.Phase;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The model beside the table that it is made of. */
class MemoryModelTest {

    /** Goal of the plan; what it really is, is printed and stands in memory.md. */
    private static final double FIVE_PERCENT = 0.05;

    /** Left out of the fit, small and large ones. */
    private static final List<Size> HELD_OUT =
            List.of(new Size(768, 768), new Size(1024, 1024), new Size(896, 1344), new Size(1088, 1920));

    private final MemoryTable table = MemoryTable.read();

    @Test
    void sizesThatItWasNotFittedToAreWithinFivePercent() {
        MemoryModel fitted = new MemoryModel(table, line -> !HELD_OUT.contains(line.size()));

        for (BaseFamily family : BaseFamily.PUBLISHED) {
            List<Line> others = steps(family).stream()
                    .filter(line -> HELD_OUT.contains(line.size()))
                    .toList();
            tell("%s, %d lines of sizes that were left out".formatted(family, others.size()), fitted, others);

            assertThat(others)
                    .hasSizeGreaterThanOrEqualTo(6)
                    .allSatisfy(line ->
                            assertThat(error(fitted, line)).as(line.toString()).isLessThan(FIVE_PERCENT));
        }
    }

    @Test
    void everyLineOfTheTableIsWithinFivePercentOfTheWholeFit() {
        for (BaseFamily family : BaseFamily.values()) {
            List<Line> lines = steps(family);
            tell("%s, all %d lines".formatted(family, lines.size()), MemoryModel.standard(), lines);

            assertThat(lines)
                    .allSatisfy(line -> assertThat(error(MemoryModel.standard(), line))
                            .as(line.toString())
                            .isLessThan(FIVE_PERCENT));
        }
    }

    @Test
    void everyFamilyOfPublishedBasesWasCountedAtEightSizesOrMore() {
        for (BaseFamily family : BaseFamily.PUBLISHED) {
            for (boolean recompute : new boolean[] {false, true}) {
                for (int rows : new int[] {2, 4}) {
                    assertThat(steps(family).stream()
                                    .filter(line -> line.recompute() == recompute && line.rows() == rows)
                                    .map(Line::size)
                                    .distinct())
                            .as("%s, recompute %s, %d rows", family, recompute, rows)
                            .hasSizeGreaterThanOrEqualTo(8);
                }
            }
        }
    }

    private List<Line> steps(BaseFamily family) {
        return table.lines().stream()
                .filter(line -> line.phase() == Phase.STEP && line.family() == family)
                .toList();
    }

    private static void tell(String which, MemoryModel model, List<Line> lines) {
        Line worst = lines.stream()
                .max(Comparator.comparingDouble(line -> error(model, line)))
                .orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "%s: mean error %.2f %%, largest %.2f %% (%s, %d rows, recomputed %s)%n",
                which,
                100
                        * lines.stream()
                                .mapToDouble(line -> error(model, line))
                                .average()
                                .orElseThrow(),
                100 * error(model, worst),
                worst.size(),
                worst.rows(),
                worst.recompute());
    }

    private static double error(MemoryModel model, Line line) {
        PriorMode prior = line.rows() == 1 ? PriorMode.OFF : PriorMode.CLASS_PICTURES;
        Workload workload = new Workload(
                line.family(),
                line.format(),
                Math.max(1, line.rows() / 2),
                prior,
                line.rank(),
                line.targets(),
                line.textEncoder(),
                false,
                false,
                line.recompute());
        return Math.abs(model.step(workload, line.size()).bytes() - line.bytes()) / line.bytes();
    }
}
