// What is done to the sums of a convolution's channels: a bias each if there is one, and negative ones become 0.
#pragma once

namespace ct {

struct Finishing {
  const float *bias;
  bool isRectified;
};

}  // namespace ct
