#ifndef CPLATFORM_H
#define CPLATFORM_H

// One header a concern; each part says what it is for.
#include "platform_thread.h"
#include "platform_spawn.h"

#endif
