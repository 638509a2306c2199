package athanor.train.dreambooth;

import athanor.contracts.dataset.PreparedPicture;
import athanor.contracts.rest.EffectiveSettings;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.tokenizer.ClipTokenizer;
import java.util.List;

/** What the text encoder reads of each picture's caption. */
final class CaptionsInUse {

    private final ClipTokenizer tokenizer;

    CaptionsInUse(BaseModel base) {
        this.tokenizer = base.promptTokenizer(0);
    }

    List<EffectiveSettings.Caption> of(List<PreparedPicture> pictures) {
        return pictures.stream().map(this::of).toList();
    }

    private EffectiveSettings.Caption of(PreparedPicture picture) {
        String key = picture.picture().key();
        String unread = tokenizer.unread(picture.caption());
        return new EffectiveSettings.Caption(
                key.substring(key.lastIndexOf('/') + 1),
                picture.caption(),
                tokenizer.tokenCount(picture.caption()),
                tokenizer.length() - 2,
                unread.isEmpty() ? null : unread);
    }
}
