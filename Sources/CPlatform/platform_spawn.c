#include "platform_spawn.h"
