package athanor.ingest;

import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.dataset.HeadPair;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.json.Json;
import athanor.contracts.rest.EffectiveSettings;
import athanor.contracts.rest.RunReport;
import athanor.contracts.rest.RunView;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Gathers a run's report from its events and from what its stages left in the store. */
@ApplicationScoped
class WriteReport {

    private final Drafts drafts;
    private final ObjectStore store;
    private final RunProofs proofs;
    private final TookEffect tookEffect;

    WriteReport(Drafts drafts, ObjectStore store, RunProofs proofs, TookEffect tookEffect) {
        this.tookEffect = tookEffect;
        this.drafts = drafts;
        this.store = store;
        this.proofs = proofs;
    }

    RunReport of(RunCard told) {
        RunCard card = proofs.of(told).map(told::with).orElse(told);
        Optional<DatasetManifest> manifest = drafts.manifest(card.runId());
        Optional<Planned> planned = store.find(ObjectKeys.pendingDataset(card.runId()))
                .map(object -> Json.read(object.bytes(), Planned.class));
        List<EffectiveSettings> took = tookEffect.in(card.runId());
        return new RunReport(
                card.runId(),
                card.name(),
                card.state(),
                manifest.map(pictures -> pictures.accepted().size()).orElse(0),
                manifest.map(DatasetManifest::rejected).orElse(List.of()),
                planned.map(Planned::plan).orElse(null),
                planned.map(Planned::fates).orElse(List.of()),
                stages(card.history()),
                Optional.ofNullable(card.trained()).map(WriteReport::training).orElse(null),
                card.verdicts(),
                took.isEmpty() ? null : took.get(took.size() - 1),
                planned.map(Planned::pairs).orElse(List.of()));
    }

    /** What is reported of a dataset whose pictures are cut. */
    record Planned(TrainingPlan plan, List<PictureFate> fates, List<HeadPair> pairs) {

        Planned {
            // Documents of older versions have none.
            fates = List.copyOf(Objects.requireNonNullElse(fates, List.of()));
            pairs = List.copyOf(Objects.requireNonNullElse(pairs, List.of()));
        }
    }

    private static RunReport.Training training(LoraTrained trained) {
        return new RunReport.Training(
                trained.steps(),
                trained.attempt(),
                trained.seconds(),
                trained.finalInstanceLoss(),
                trained.finalPriorLoss(),
                trained.trainedSizes());
    }

    private static List<RunReport.Stage> stages(List<RunView.Entered> history) {
        List<RunReport.Stage> stages = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            RunView.Entered entered = history.get(i);
            Double seconds = i + 1 < history.size()
                    ? Duration.between(entered.at(), history.get(i + 1).at()).toMillis() / 1000.0
                    : null;
            stages.add(new RunReport.Stage(entered.state(), seconds));
        }
        return List.copyOf(stages);
    }
}
