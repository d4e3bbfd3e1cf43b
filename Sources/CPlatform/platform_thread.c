#include "platform_thread.h"
