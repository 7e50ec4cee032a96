"""The page's part «sign_in»."""

from fastapi import APIRouter

router = APIRouter()
