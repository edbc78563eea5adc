package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", on = Parcel.class)
class F {
  @Handler
  String run(Parcel parcel, Event<?> event) {
    return parcel.parcelId() + event.name();
  }
}
