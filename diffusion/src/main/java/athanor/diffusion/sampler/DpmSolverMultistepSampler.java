package athanor.diffusion.sampler;

import ai.djl.ndarray.NDArray;
import athanor.diffusion.schedule.BetaSchedule;
import athanor.diffusion.schedule.NoiseLevel;
import athanor.diffusion.schedule.NoiseSchedule;
import athanor.diffusion.schedule.SchedulerConfig;
import athanor.diffusion.schedule.TimestepSpacing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** DPM-Solver++ of second order with one network call a step, "DPM++ 2M" (Lu et al. 2022, algorithm 2). */
final class DpmSolverMultistepSampler implements Sampler {

    /** Runs shorter than this are "short" in the sense of {@code lower_order_final}. */
    private static final int SHORT_RUN = 15;

    private final SchedulerConfig config;
    private final NoiseSchedule schedule;
    private final boolean karras;

    DpmSolverMultistepSampler(SchedulerConfig config, boolean karras) {
        this.config = config;
        this.schedule = NoiseSchedule.of(config);
        this.karras = karras;
    }

    @Override
    public SamplingPlan plan(int steps) {
        Timesteps.check(steps, schedule.timesteps());
        SigmaTable table = new SigmaTable(schedule);
        SchedulerConfig.Sigmas layout = config.sigmas();
        double[] timesteps;
        double[] sigmas;
        if (karras) {
            sigmas = SigmaTable.karras(
                    layout.largest().orElse(table.largest()), layout.smallest().orElse(table.smallest()), steps);
            timesteps = whole(table.timesteps(sigmas));
        } else {
            timesteps = spaced(steps);
            sigmas = table.at(timesteps);
        }
        double[] closed = EulerPlan.closed(sigmas, layout.endsAtZero() ? 0 : table.smallest());
        List<SamplingStep> plan = new ArrayList<>();
        for (int i = 0; i < timesteps.length; i++) {
            plan.add(new SamplingStep(
                    i,
                    timesteps[i],
                    NoiseLevel.ofRatio(closed[i]),
                    NoiseLevel.ofRatio(closed[i + 1]),
                    firstOrder(i, timesteps.length) ? null : NoiseLevel.ofRatio(closed[i - 1])));
        }
        return new SamplingPlan(plan, 1);
    }

    private double[] spaced(int steps) {
        int visited = schedule.timesteps() - tooNoisy();
        return switch (config.spacingOr(TimestepSpacing.LINSPACE)) {
            case LINSPACE -> withoutLast(Timesteps.rounded(Timesteps.evenly(visited - 1, steps + 1)));
            case LEADING -> withoutLast(Timesteps.leading(steps + 1, visited / (steps + 1), config.stepsOffset()));
            case TRAILING -> Timesteps.trailing(steps, visited, schedule.timesteps() / (double) steps);
        };
    }

    private static double[] withoutLast(double[] timesteps) {
        return Arrays.copyOf(timesteps, timesteps.length - 1);
    }

    private int tooNoisy() {
        double[] sigmas = schedule.sigmas();
        int count = 0;
        while (count < sigmas.length
                && -Math.log(sigmas[sigmas.length - 1 - count])
                        < config.solver().smallestLambda()) {
            count++;
        }
        return count;
    }

    private double[] whole(double[] timesteps) {
        if (config.betas().schedule() != BetaSchedule.SQUAREDCOS_CAP_V2) {
            return Timesteps.rounded(timesteps);
        }
        double[] cut = new double[timesteps.length];
        for (int i = 0; i < cut.length; i++) {
            cut[i] = Math.floor(timesteps[i]);
        }
        return cut;
    }

    /** The first step has no step before it; the last one may not trust it. */
    private boolean firstOrder(int index, int steps) {
        SchedulerConfig.Solver solver = config.solver();
        boolean last = index == steps - 1;
        boolean endsPlain = solver.eulerAtFinal()
                || (solver.lowerOrderFinal() && steps < SHORT_RUN)
                || config.sigmas().endsAtZero();
        return index == 0 || solver.order() == 1 || (last && endsPlain);
    }

    @Override
    public double inputScale(SamplingStep step) {
        return 1;
    }

    /**
     * With h the step in lambda, {@code x' = (sigma' / sigma) x - alpha' (e^-h - 1) D}, where D is the picture as the network
     * sees it now, led on by how it changed since the step before.
     */
    @Override
    public NDArray step(SamplingStep step, NDArray x, NDArray x0, NDArray x0Before, Supplier<NDArray> noise) {
        NoiseLevel to = step.to();
        double shrink = to.ratio() / step.from().ratio(); // e^-h
        NDArray kept = x.mul(to.sigma() / step.from().sigma());
        NDArray first = kept.sub(x0.mul(to.alpha() * (shrink - 1)));
        NoiseLevel before = step.before();
        return before == null ? first : first.add(secondOrder(step, before, x0, x0Before));
    }

    /** The part of the change since the step before that the solver's form carries on. */
    private NDArray secondOrder(SamplingStep step, NoiseLevel before, NDArray x0, NDArray x0Before) {
        double h = step.to().lambda() - step.from().lambda();
        double hBefore = step.from().lambda() - before.lambda();
        double shrink = step.to().ratio() / step.from().ratio();
        double weight = config.solver().heun() ? (shrink - 1) / h + 1 : -0.5 * (shrink - 1);
        return x0.sub(x0Before).mul(step.to().alpha() * weight * h / hBefore);
    }
}
